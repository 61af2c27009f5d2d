/**
 * Names of fields that hold the name of a person, in the larger languages of the EU, one phrase a line or between commas.
 * Spelled as people write them: case, diacritics and what stands between words are folded when they are read.
 */
export const personNames = `
full name, fullname, person name, personal name, legal name, birth name, maiden name, preferred name, real name, display full name,
first name, firstname, forename, given name, givenname, middle name, middlename, last name, lastname, surname, family name, familyname,
name first, name last, name given, name family, name middle, name full, first and last name, name and surname, contact name, contact person, mother name, father name,
cardholder, cardholder name, card holder, card holder name, account holder, account holder name, account owner, patient name, customer name,
client name, employee name, user full name, holder name, owner name, recipient name, sender name, author name, assignee name, next of kin,
emergency contact name, emergency contact, name on card, passenger name, guest name, beneficiary name, payee name, debtor name, creditor name, nombre titular,
vorname, nachname, familienname, zuname, geburtsname, vollständiger name, kundenname, mitarbeitername, patientenname, empfängername, ansprechpartner,
kontoinhaber, karteninhaber, vor und nachname, name vorname, rufname, inhaber, versicherter, mieter,
prénom, nom de famille, nom complet, nom et prénom, nom prénom, prénom nom, nom d'usage, nom de naissance, nom client, nom du client, nom patient, nom du patient, titulaire,
titulaire du compte, destinataire, nom du destinataire, personne de contact, assuré, nom titulaire,
nombre completo, nombre y apellidos, apellido, apellidos, primer apellido, segundo apellido, nombre de pila, nombre cliente, nombre del cliente, nombre paciente,
nombre del paciente, titular, titular de la cuenta, destinatario, persona de contacto, nombre empleado, nombre del titular,
nome completo, nome e cognome, nome cognome, cognome, cognome nome, nome cliente, nome del cliente, nome paziente, intestatario, intestatario conto, persona di contatto, nominativo,
voornaam, voornamen, achternaam, volledige naam, familienaam, roepnaam, klantnaam, naam klant, patiëntnaam, rekeninghouder, contactpersoon, naam ontvanger, ontvanger, geboortenaam, kaarthouder,
imię, imiona, nazwisko, imię i nazwisko, imię nazwisko, nazwisko rodowe, pełne imię i nazwisko, nazwisko i imię, odbiorca, osoba kontaktowa, posiadacz rachunku, pełna nazwa klienta,
primeiro nome, último nome, sobrenome, apelido, nome próprio, nome do cliente, nome do paciente, nome do titular, pessoa de contacto, destinatário, nome do utilizador completo,
förnamn, efternamn, fullständigt namn, för och efternamn, mellannamn, tilltalsnamn, kundnamn, kundens namn, mottagare, kontaktperson, kontoinnehavare,
fornavn, efternavn, fulde navn, fuldt navn, mellemnavn, kundenavn, modtager, kontohaver, fullt navn, etternavn, mellomnavn, mottaker, kontoinnehaver,
etunimi, etunimet, sukunimi, koko nimi, kutsumanimi, asiakkaan nimi, potilaan nimi, vastaanottaja, yhteyshenkilö, tilinomistaja,
jméno a příjmení, příjmení, křestní jméno, celé jméno, jméno zákazníka, rodné příjmení, příjemce, kontaktní osoba, majitel účtu,
meno a priezvisko, priezvisko, krstné meno, celé meno, meno zákazníka, príjemca, kontaktná osoba,
vezetéknév, keresztnév, utónév, teljes név, családnév, születési név, anyja neve, ügyfél neve, címzett, kapcsolattartó, számlatulajdonos,
prenume, nume complet, nume de familie, nume și prenume, numele clientului, nume client, destinatar, persoană de contact, titular cont,
име и фамилия, фамилия, презиме, собствено име, бащино име, пълно име, три имена, получател, лице за контакт, титуляр,
όνομα, επώνυμο, επίθετο, ονοματεπώνυμο, πλήρες όνομα, όνομα πελάτη, παραλήπτης, πατρώνυμο, μητρώνυμο,
ime i prezime, prezime, puno ime, ime kupca, primatelj, kontakt osoba, priimek, ime in priimek, polno ime, prejemnik,
eesnimi, perekonnanimi, täisnimi, saaja, kontaktisik, vārds uzvārds, uzvārds, vārds un uzvārds, pilns vārds, saņēmējs,
pavardė, vardas pavardė, vardas ir pavardė, pilnas vardas, gavėjas, kunjom, isem u kunjom, isem sħiħ, ainm agus sloinne, sloinne, céadainm, ainm iomlán`;

/** The bare word for a name, of a person or of anything else. */
export const bareNames = `name, names, nom, nombre, nome, naam, namn, navn, nimi, jméno, meno, imię, név, nume, име, имена, ime, nimetus, vārds, vardas, isem, ainm, nazwa, názov, název, namen, label name, display name, displayname`;

/** Fields that hold a person, often by name: it is taken for one where it reads like one. */
export const roles = `
by, done by, taken by, signed off by, issued by, received by, sent by, prepared by, checked by, verified by, donor, registrant, neighbour, neighbor, agent, support agent, reports to, reporting to, referred by, attending doctor, assigned agent, booked by, requested for, addressee, treated by, seen by, next contact, assignee, assigned to, owner, author, reporter, requester, requestor, requested by, approver, approved by, reviewer, reviewed by, created by, updated by,
modified by, opened by, closed by, resolved by, submitted by, manager, line manager, supervisor, account manager, sales rep, representative, doctor, physician, practitioner, gp, nurse,
consultant, clinician, therapist, surgeon, attending, referring physician, prescriber, holder, beneficiary, recipient, ship to, bill to, sender, payee, payer, debtor, creditor, contact, customer, client, patient, employee, user, person, passenger, guest, tenant name, landlord,
insured, policyholder, policy holder, subscriber, member, student, pupil, teacher, tutor, candidate, applicant, spouse, partner, child, father, mother, guardian, parent name, caller, driver, participant, attendee, organizer, host name person, signatory, signed by, witness, delegate, heir, victim, claimant, attn, attention, dear, from name, to name, caregiver, case worker, caseworker, handled by, responsible, lead, interviewer, trainer, coach,
kunde, kundin, klient, patient, patientin, mitarbeiter, mitarbeiterin, bearbeiter, sachbearbeiter, empfänger, absender, ansprechpartnerin, arzt, ärztin, betreuer, vorgesetzter, antragsteller, versicherungsnehmer, zuständig, auftraggeber, erstellt von, autor, benutzer, nutzer, bewohner, schüler, lehrer, vertreter,
médecin traitant, médecin référent, medico curante, medico di base, médico de cabecera, médico de familia, médico assistente, hausarzt, huisarts, husläkare, praktiserende læge, lekarz prowadzący, omalääkäri,
client, cliente, patient, employé, salarié, responsable, demandeur, expéditeur, bénéficiaire, médecin, auteur, conseiller, interlocuteur, élève, locataire, adhérent, conjoint, usager, gestionnaire,
paciente, empleado, empleada, responsable, remitente, beneficiario, médico, autor, solicitante, asegurado, trabajador, alumno, usuario, gestor, tutor, inquilino,
paziente, dipendente, responsabile, mittente, beneficiario, medico, autore, richiedente, assicurato, utente, referente, operatore, destinatario, studente,
klant, patiënt, medewerker, werknemer, afzender, begunstigde, arts, behandelaar, auteur, aanvrager, verzekerde, gebruiker, leidinggevende, leerling, bewoner, cliënt, behandelend arts,
klient, klientka, pacjent, pacjentka, pracownik, pracownica, nadawca, beneficjent, lekarz, autor, wnioskodawca, ubezpieczony, użytkownik, przełożony, opiekun, kierownik,
funcionário, colaborador, utente, remetente, beneficiário, responsável, requerente, segurado, utilizador, médica, aluno, doente,
kund, patient, anställd, medarbetare, avsändare, läkare, författare, handläggare, sökande, försäkrad, användare, ansvarig, chef, elev, medarbejder, ansat, afsender, læge, forfatter, sagsbehandler, ansøger, bruger, ansvarlig, leder, ansatt, avsender, lege, saksbehandler, søker, bruker,
asiakas, potilas, työntekijä, lähettäjä, lääkäri, tekijä, hakija, vakuutettu, käyttäjä, esimies, käsittelijä,
zákazník, zákaznice, pacient, zaměstnanec, odesílatel, lékař, žadatel, pojištěnec, uživatel, vedoucí, zamestnanec, odosielateľ, lekár, žiadateľ, používateľ,
ügyfél, vevő, beteg, páciens, munkavállaló, alkalmazott, feladó, orvos, szerző, igénylő, felhasználó, ügyintéző,
angajat, expeditor, beneficiar, solicitant, asigurat, utilizator, pacientul, clientul, медик, лекар, клиент, пациент, служител, подател, автор, потребител,
πελάτης, ασθενής, υπάλληλος, αποστολέας, γιατρός, ιατρός, χρήστης, υπεύθυνος, kupac, klijent, zaposlenik, pošiljatelj, liječnik, korisnik, stranka, zaposleni, pošiljatelj, zdravnik, uporabnik,
klient, patsient, töötaja, saatja, arst, kasutaja, klients, pacients, darbinieks, sūtītājs, ārsts, klientas, pacientas, darbuotojas, siuntėjas, gydytojas`;
