/** Names of fields for e-mail addresses. */
export const emails = `
email, e mail, mail, email address, mail address, emailaddress, electronic mail, contact email, reply to, replyto, mailto, email addr, upn, user principal name, paypal,
e mail adresse, mailadresse, emailadresse, courriel, adresse électronique, adresse e mail, adresse mail, adresse courriel, mél, correo, correo electrónico, dirección de correo, dirección email, posta elettronica,
indirizzo email, indirizzo e mail, indirizzo di posta elettronica, pec, e mailadres, mailadres, e mail adres, adres e mail, adres email, poczta, poczta elektroniczna, correio eletrónico, correio electrónico, correio eletrônico, endereço de email, endereço de e mail,
e postadress, epost, e post, e postadresse, epostadress, epostadresse, mejl, mejladress, mailadress, sähköposti, sähköpostiosoite, e mailová adresa, emailová adresa, elektronická pošta,
e mail cím, email cím, emailcím, adresă de email, adresă email, poștă electronică, имейл, имейл адрес, електронна поща, ел поща, ηλεκτρονική διεύθυνση, ηλεκτρονικό ταχυδρομείο, διεύθυνση email, ημειλ,
adresa e pošte, e pošta, elektronički naslov, elektronski naslov, e naslov, e posti aadress, meiliaadress, e pasts, e pasta adrese, el paštas, elektroninis paštas, indirizz elettroniku, ríomhphost, seoladh ríomhphoist`;

/** Names of fields for telephone and fax numbers. */
export const phones = `
phone, phone number, phonenumber, phone no, telephone, telephone number, tel, tel no, tel number, mobile, mobile number, mobile phone, mobile no, cell, cell phone, cellphone, cell number, fax, fax number, landline, msisdn, whatsapp, sms number, contact number, callback number, caller id, home phone, work phone, daytime phone, contact phone, calling number, called number, dialed number, ani, telno, phone num,
emergency phone, handy, handynummer, telefon, telefonnummer, telefon nr, rufnummer, mobil, mobilnummer, mobiltelefon, festnetz, festnetznummer, rückrufnummer, durchwahl, faxnummer, telefax,
téléphone, tél, numéro de téléphone, portable, tél portable, mobile portable, numéro de portable, téléphone fixe, téléphone mobile, télécopie, gsm, numéro de gsm, teléfono, número de teléfono, móvil, teléfono móvil, celular, teléfono fijo,
telefono, numero di telefono, cellulare, numero di cellulare, recapito telefonico, telefono cellulare, telefono fisso, telefoon, telefoonnummer, mobiel, mobiel nummer, gsm nummer, mobiele telefoon, telefoonnr,
telefon komórkowy, numer telefonu, nr telefonu, komórka, tel kom, telefon kontaktowy, telefone, telemóvel, número de telefone, número de telemóvel, telefone fixo, contacto telefónico,
telefonnr, mobilnr, mobilnummer, telefonnummer, tlf, tlf nr, puhelin, puhelinnumero, matkapuhelin, kännykkä, gsm numero, telefonní číslo, telefon mobilní, mobilní telefon, telefónne číslo, telefónne, mobilný telefón, telefón,
telefonszám, mobilszám, mobiltelefon, vezetékes telefon, număr de telefon, număr telefon, telefon mobil, nr telefon, телефон, телефонен номер, мобилен, мобилен телефон, gsm номер, мобилен номер,
τηλέφωνο, αριθμός τηλεφώνου, κινητό, κινητό τηλέφωνο, σταθερό, σταθερό τηλέφωνο, broj telefona, telefonski broj, mobitel, broj mobitela, telefonska številka, mobilni telefon, številka telefona, telefoninumber, mobiilinumber, mobiil, telefons, tālrunis, tālruņa numurs, mobilais tālrunis, telefonas, telefono numeris, mobilusis telefonas, mobilus, telefown, numru tat telefon, fón, uimhir theileafóin, guthán`;

/** Names of fields for a whole postal address, or its street. */
export const addresses = `
address, postal address, home address, mailing address, mail address postal, street address, street, street name, streetname, street and number, residential address, residence, delivery address, shipping address, billing address, invoice address, address line, addr, addr line, full address, formatted address, permanent address, current address, correspondence address, place of residence, postal, ship address, bill address, street line, work address, registered address, visiting address, domicile,
adresse, anschrift, postanschrift, wohnanschrift, wohnadresse, straße, strasse, straße und hausnummer, strasse hausnummer, lieferadresse, lieferanschrift, rechnungsadresse, rechnungsanschrift, hausanschrift, wohnort adresse, meldeadresse,
adresse postale, adresse de livraison, adresse livraison, adresse de facturation, adresse facturation, rue, voie, domicile, adresse du domicile, adresse complète, dirección, dirección postal, dirección de envío, dirección envío, dirección de entrega, dirección entrega, dirección de facturación, dirección facturación, dirección fiscal, domicilio, calle, dirección completa,
indirizzo, indirizzo di residenza, indirizzo di spedizione, indirizzo spedizione, indirizzo di consegna, indirizzo consegna, indirizzo di fatturazione, indirizzo fatturazione, indirizzo residenza, residenza, domicilio, recapito, adres, straat, straatnaam, postadres, woonadres, bezorgadres, afleveradres, factuuradres, adresgegevens, verblijfadres,
adres zamieszkania, adres zameldowania, adres korespondencyjny, adres dostawy, ulica, miejsce zamieszkania, endereço, morada, morada completa, endereço de entrega, endereço postal, rua, residência, morada de entrega, morada fiscal,
adress, gatuadress, postadress, hemadress, leveransadress, fakturaadress, gata, bostadsadress, folkbokföringsadress, postadresse, gade, vej, gadenavn, leveringsadresse, bopæl, faktureringsadresse, bostedsadresse, gateadresse, bopælsadresse,
osoite, katuosoite, kotiosoite, postiosoite, toimitusosoite, laskutusosoite, lähiosoite, adresa, ulice, bydliště, trvalé bydliště, doručovací adresa, fakturační adresa, adresa bydliště, ulica a číslo, bydlisko, trvalé bydlisko, doručovacia adresa,
cím, lakcím, lakóhely, utca, szállítási cím, számlázási cím, levelezési cím, adresă, adresa de livrare, adresa de domiciliu, stradă, domiciliu, адрес, улица, адрес за доставка, постоянен адрес, пощенски адрес, местожителство,
διεύθυνση, οδός, διεύθυνση κατοικίας, ταχυδρομική διεύθυνση, κατοικία, διεύθυνση αποστολής, adresa stanovanja, adresa dostave, prebivalište, naslov bivališča, naslov prebivališča, aadress, tänav, elukoht, adrese, iela, dzīvesvieta, adresas, gatvė, gyvenamoji vieta, indirizz, triq, seoladh, sráid`;

/** Parts of an address that are one only beside a street or within an address. */
export const places = `
city, town, locality, village, suburb, zip, zip code, zipcode, postcode, post code, postal code, postalcode, house number, house no, housenumber, apartment, flat, unit number, building, county, address city, address postcode, city name,
plz, postleitzahl, ort, stadt, wohnort, hausnummer, ville, commune, code postal, cp, numéro de voie, ciudad, población, localidad, código postal, provincia, municipio, città, comune, cap, civico, numero civico, località,
plaats, woonplaats, stad, postcode, huisnummer, miasto, miejscowość, kod pocztowy, numer domu, nr domu, cidade, localidade, freguesia, stad, ort, postort, postnummer, postnr, by, poststed, husnr, husnummer,
kaupunki, postinumero, postitoimipaikka, město, obec, psč, číslo popisné, mesto, város, település, irányítószám, házszám, oraș, localitate, cod poștal, град, пощенски код, населено място, πόλη, ταχυδρομικός κώδικας, τκ,
grad, poštanski broj, pošta, poštna številka, kraj, linn, postiindeks, sihtnumber, pilsēta, pasta indekss, miestas, pašto kodas, belt, kodiċi postali, baile, cathair, éirchód, eircode`;
