/** Names of fields for a date of birth. */
export const births = `
dob, d o b, date of birth, birth date, birthdate, birthday, dateofbirth, born, born on, birth day, bday, birth dt, birth year, year of birth, yob, birth, patient dob, birthdt,
geburtsdatum, geburtstag, geboren, geboren am, geb datum, gebdat, geb dat, gebdatum, geb, geburtsjahr, date de naissance, naissance, date naiss, né le, née le, né e le, ddn, année de naissance, jour de naissance,
fecha de nacimiento, nacimiento, fecha nacimiento, fecha nac, fec nac, f nac, f nacimiento, nacido, nacida, año de nacimiento, fnac, data di nascita, nascita, data nascita, data nasc, nato il, nata il, anno di nascita,
geboortedatum, geboren op, geb datum, geboortejaar, data urodzenia, urodzony, urodzona, ur, rok urodzenia, data de nascimento, nascimento, data nascimento, data nasc, dt nasc, nascido, nascida, ano de nascimento,
födelsedatum, född, födelsedag, födelseår, fødselsdato, født, fødselsdag, fødselsår, fodselsdato, syntymäaika, syntymäpäivä, syntynyt, syntymävuosi,
datum narození, narozen, narozena, datum narodenia, narodený, narodená, rok narození, születési idő, születési dátum, született, születés, szül idő, szül dátum, data nașterii, data nasterii, dată de naștere, născut, anul nașterii,
дата на раждане, рождена дата, роден, родена, ημερομηνία γέννησης, ημ γέννησης, γέννηση, έτος γέννησης, datum rođenja, rođen, rođena, datum rojstva, rojen, rojena, sünniaeg, sünnikuupäev, sündinud, dzimšanas datums, dzimis, dzimusi, gimimo data, gimė, data tat twelid, dáta breithe`;

/** Names of fields for passports and other papers that people carry. */
export const passports = `
passport, passport no, passport number, passportnumber, passport num, passport id, travel document, travel document number, travel document no, document number, identity document, id document number, id card, id card number, id card no, identity card, identity card number, driving licence, driving licence number, driver license, driver license number, drivers license, driver licence, residence permit, residence permit number, visa number,
reisepass, reisepassnummer, pass nr, passnummer, passnr, ausweis, ausweisnummer, personalausweis, personalausweisnummer, führerschein, führerscheinnummer, ausweis nr, reisepass nr, passeport, numéro de passeport, no passeport, n passeport, carte d'identité, numéro de carte d'identité, cni, permis de conduire, titre de séjour,
pasaporte, número de pasaporte, n pasaporte, num pasaporte, carnet de conducir, passaporto, numero passaporto, numero di passaporto, carta d'identità, numero carta d'identità, patente, numero patente, paspoort, paspoortnummer, paspoort nr, identiteitskaart, rijbewijs, rijbewijsnummer, documentnummer,
paszport, numer paszportu, nr paszportu, dowód osobisty, numer dowodu, nr dowodu, seria i numer dowodu, prawo jazdy, passaporte, número do passaporte, número de passaporte, cartão de cidadão, número do cartão de cidadão, bilhete de identidade, carta de condução,
pass, passinummer, passnummer, passets nummer, körkort, körkortsnummer, id kort, pasnummer, pas nr, kørekort, kørekortnummer, passi, passin numero, passinumero, ajokortti, ajokortin numero, henkilökortti, henkilökortin numero, pas, cestovní pas, číslo pasu, číslo cestovního pasu, občanský průkaz, číslo občanského průkazu, číslo op, řidičský průkaz, cestovný pas, občiansky preukaz, číslo občianskeho preukazu,
útlevél, útlevélszám, útlevél száma, személyi igazolvány, személyi igazolvány szám, jogosítvány, pașaport, număr pașaport, serie pașaport, carte de identitate, serie și număr ci, permis de conducere, паспорт, номер на паспорт, паспорт номер, лична карта, номер на лична карта, шофьорска книжка, διαβατήριο, αριθμός διαβατηρίου, αρ διαβατηρίου, ταυτότητα, αριθμός ταυτότητας, δελτίο ταυτότητας, δίπλωμα οδήγησης,
putovnica, broj putovnice, osobna iskaznica, broj osobne iskaznice, vozačka dozvola, potni list, številka potnega lista, osebna izkaznica, številka osebne izkaznice, vozniško dovoljenje, passi number, pass number, isikutunnistus, juhiluba, pase, pases numurs, pasas, paso numeris, passaport, numru tal passaport, pas uimhir, uimhir phas`;

/** Names of fields for the id of a person in one country or more, with the types in the order they are tried. */
export const nationalIds: Readonly<Record<string, string>> = {
  ES_DNI: 'dni, dni nie, dni nif, nif nie, documento nacional de identidad, número de dni, num dni, n dni',
  ES_NIE: 'nie, número de extranjero, numero de identidad de extranjero, tarjeta de residencia, n nie',
  'PT_NIF ES_DNI ES_NIE':
    'nif, número de identificação fiscal, número de contribuinte, contribuinte, nif contribuinte, num contribuinte, nif pt',
  IT_CF: 'codice fiscale, codicefiscale, cf, cod fiscale, cod fisc, c f, codfisc',
  PL_PESEL: 'pesel, numer pesel, nr pesel',
  SE_PNR: 'personnr, pnr se, samordningsnummer, svenskt personnummer',
  'SE_PNR NO_FNR DK_CPR': 'personnummer, person nummer, pnr',
  FI_HETU: 'hetu, henkilötunnus, sotu, sosiaaliturvatunnus, personbeteckning, henkilotunnus',
  UK_NINO: 'nino, ni number, ni no, national insurance, national insurance number, national insurance no, nat ins no',
  UK_NHS: 'nhs, nhs number, nhs no, nhsnumber',
  DE_STEUERID:
    'steuer id, steuerid, steueridentifikationsnummer, steuer identifikationsnummer, idnr, steuerliche identifikationsnummer, steuer idnr, tin de, steuernummer',
  FR_NIR:
    'nir, numéro de sécurité sociale, numéro sécu, sécurité sociale, num sécu, nss, insee, numéro insee, n sécurité sociale, n ss, carte vitale, insi, ins',
  NL_BSN: 'bsn, burgerservicenummer, sofinummer, sofi nummer, bsn nummer, burger service nummer',
  BE_NRN:
    'rijksregister, rijksregisternummer, rrn, insz, niss, nrn, numéro national, registre national, numéro de registre national, numero registre national, nationaal nummer, nn belge',
  IE_PPS: 'pps, ppsn, pps number, pps no, personal public service number, uimhir psp, upsp',
  AT_SVNR: 'svnr, sv nummer, sozialversicherungsnummer, sv nr, svnummer, versicherungsnummer',
  CH_AHV: 'ahv, ahv nummer, ahv nr, avs, numéro avs, navs, oasi',
  DK_CPR: 'cpr, cpr nummer, cpr nr, cprnummer, cprnr',
  NO_FNR: 'fødselsnummer, fodselsnummer, fnr, d nummer',
  'CZ_RC SK_RC': 'rodné číslo, rodne cislo, rč, r č, rodné číslo pojištěnce',
  BG_EGN: 'egn, егн, единен граждански номер',
  GR_AMKA: 'amka, αμκα, α μ κ α, αριθμός μητρώου κοινωνικής ασφάλισης',
  HR_OIB: 'oib, osobni identifikacijski broj',
  HU_TAJ: 'taj, taj szám, tajszám, taj száma',
  HU_SZEMELYI: 'személyi szám, személyi azonosító, személyazonosító, személyi azonosító jel',
  RO_CNP: 'cnp, cod numeric personal',
  SI_EMSO: 'emšo, emso, matična številka',
  LT_AK: 'asmens kodas',
  LV_PK: 'personas kods',
  EE_IK: 'isikukood, ik',
  LU_NIN: 'matricule, numéro matricule, matricule national',
  MT_ID: 'karta tal identità, numru tal karta tal identità',
  CY_TIC: 'tic cyprus, αριθμός φορολογικής ταυτότητας',
  NATIONAL: `national id, nationalid, national identifier, national identification number, national id number, national number, personal id, personal identification number, personal number, personal code, citizen id, citizen number, identity number, id number, government id, social security number, social security, social security no, ssn, social insurance number, sin number, tax id, tax number, tin, tax identification number, taxpayer id, tax file number, person number, identification number, insurance number, health insurance number, nat id, natl id, id no, nid,
personenkennzahl, personenkennziffer, steuer nr, sozialversicherungs nr, rentenversicherungsnummer, krankenversichertennummer, numéro d'identification, numéro fiscal, numéro d'identité, numéro d'identification nationale, identifiant national, documento de identidad, número de identidad, número de identificación, documento identidad, número de la seguridad social, id fiscal,
documento d'identità, numero documento, codice identificativo, identificativo fiscale, nationaal id, persoonsnummer, fiscaal nummer, identiteitsnummer, numer identyfikacyjny, identyfikator krajowy, numer dokumentu, número de identificação, identificação fiscal, número de segurança social, niss pt, personligt id nummer, identitetsnummer, nationellt id, nationalt id, identifikationsnummer,
henkilönumero, kansallinen tunnus, národní identifikátor, osobní číslo, osobné číslo, identifikačné číslo, azonosító szám, adóazonosító, adóazonosító jel, adószám, număr de identificare, cod de identificare, идентификационен номер, личен номер, αριθμός μητρώου, αφμ, αριθμός φορολογικού μητρώου, osobni broj, davčna številka, osebna številka, maksukood, nodokļu numurs, mokesčių kodas`,
};
