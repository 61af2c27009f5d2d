/** Words that tell a name is near, by language family. Folded; a phrase's last word carries the cue and its first words are checked. */

/** Titles: what follows is a name, known or not. */
export const titles = `
mr mrs ms miss mx ssa sra.da dr drs prof professor sir lady lord rev herr herrn frau hr fr frl dipl-ing mag monsieur madame mademoiselle mme mlle mm me maitre docteur
senor senora senorita sr sra srta dna dona don dr dra sig sigra signor signora signore signorina sig.ra dott dottor dottoressa dottssa avv ing geom rag senhor senhora srs exmo exma meneer mevrouw mevr mvr dhr heer pan pani pana panu panem doktor fru froken herra rouva neiti tohtori
`;

/** Roles: what follows is likely a name when it looks like one. */
export const roles = `
customer client patient employee technician reviewer referral interviewer trainer supervisor witness debtor creditor buyer seller traveller visitor respondent kin colleague contractor tenant applicant passenger guest candidate member holder recipient caller contact agent user owner beneficiary payee student pupil resident policyholder cardholder claimant manager nurse doctor driver requester reporter assignee sender author attn neighbour neighbor donor registrant attendee participant signatory insured person
kunde kundin kunden patientin patienten mitarbeiter mitarbeiterin mieter mieterin bewerber bewerberin antragsteller antragstellerin inhaber inhaberin empfanger empfangerin absender kollege kollegin kollegen ansprechpartner ansprechpartnerin versicherter versicherte kontoinhaber sachbearbeiter sachbearbeiterin nachbar nachbarin nachbarn teilnehmer teilnehmerin zeuge zeugin
cliente clienta paciente empleado empleada titular solicitante inquilino inquilina destinatario destinataria remitente companero companera alumno alumna usuario usuaria beneficiario beneficiaria trabajador trabajadora vecino vecina testigo
patiente employe employee salarie salariee titulaire locataire destinataire expediteur collegue beneficiaire demandeur assure assuree adherent voisin voisine temoin
paziente dipendente intestatario intestataria inquilina destinatario mittente collega beneficiario richiedente assistito utente vicino vicina testimone
utente doente colaborador colaboradora funcionario funcionaria inquilino destinatario remetente colega requerente trabalhador vizinho vizinha testemunha
klant medewerker medewerkster huurder aanvrager ontvanger afzender collega rekeninghouder verzekerde clientnaam buurman buurvrouw getuige
klient klientka klienta klientki klientce klientowi pacjent pacjentka pacjenta pracownik pracownica pracownika najemca wnioskodawca odbiorca nadawca posiadacz ubezpieczony sasiad sasiadka swiadek
kund kunden patienten medarbetare medarbetaren anstalld hyresgast sokande mottagare avsandare kollega kontoinnehavare medarbejder medarbejderen ansat lejer ansoger modtager afsender pasient ansatt leietaker granne grannen nabo naboen vittne vidne sagsbehandler handlaggare
asiakas asiakkaan potilas potilaan tyontekija vuokralainen hakija vastaanottaja lahettaja kollega tilinomistaja naapuri todistaja kasittelija
name vorname nachname nom prenom nombre nome cognome naam namn navn nimi imie nazwisko fullname
`;

/** Labels before a colon, of fields and lists of people; elsewhere they are words like any other. */
export const labels = `
present attending attended attendees participants apologies absent watchers watcher assignees approvers reviewers organiser organizer organisers host speaker speakers panel signed signature approved reviewed checked prepared authorised authorized written requested submitted backup deputy children kids spouse passengers guests members invited booking handover reserved driver lead owner owners contacts callback
anwesend teilnehmer teilnehmende entschuldigt abwesend protokoll unterschrift gezeichnet vertretung verantwortlich zustandig ansprechpartner geladen anrufer anruferin kinder gast gaste ruckruf lieferanschrift rechnungsanschrift
presents enfants hijos figli presentes absents excuses participants signataire signe redige destinataires interlocuteur invites presenti assenti partecipanti firmato referente invitati presente presentes ausentes asistentes participantes firmado invitados convocados responsavel participantes assinado
aanwezig afwezig deelnemers verontschuldigd ondertekend genodigden terugbellen obecni nieobecni uczestnicy podpisano podpisal sporzadzil prowadzacy goscie
narvarande franvarande deltagare undertecknat underskrift gaster deltagere fravaerende fravarende fremmodte underskrevet paikalla poissa osallistujat allekirjoittanut vieraat laatija soittopyynto
`;

/** Kin: a given name follows, often alone. */
export const kin = `
wife husband son daughter mother father brother sister mum dad mom uncle aunt cousin partner fiance fiancee girlfriend boyfriend grandson granddaughter niece nephew
ehefrau ehemann mann sohn tochter mutter vater bruder schwester onkel tante cousine freundin freund enkel enkelin nichte neffe partnerin lebensgefahrtin
femme mari epouse epoux fils fille mere pere frere soeur oncle compagne compagnon fiancee niece neveu
mujer marido esposa esposo hijo hija madre padre hermano hermana tio tia novia novio sobrino sobrina nieto nieta
moglie marito figlio figlia fratello sorella zio zia fidanzata fidanzato nipote compagna
mulher marido filho filha mae pai irmao irma tio tia sobrinho sobrinha neto neta
vrouw man echtgenoot echtgenote zoon dochter moeder vader broer zus oom neef nicht vriendin vriend
zona zony maz meza syn syna corka corki matka ojciec brat siostra wujek ciocia narzeczona
hustru make maka son dotter mor far bror syster svigermor sambo kone mand datter soster barnebarn vaimo aviomies poika tytar aiti isa veli sisko
`;

/** Greetings: a name follows when it is a known one. */
export const greetings = `
hi hello hey dear hallo moin servus liebe lieber sehr geehrte geehrter bonjour bonsoir salut cher chere hola estimado estimada querido querida ciao buongiorno gentile caro cara egregio ola prezado prezada beste geachte dag lieve czesc witaj drogi droga szanowny szanowna panie hej kara kare bäste hei kjare moi terve hyva rakas thanks thank merci gracias grazie obrigado obrigada bedankt dziekuje tack tak kiitos danke
`;

/** Small words before a name; they count only beside other signs. */
export const weak = `
from to by with for via an von bei mit fur durch an de par avec pour chez a con por para da di a com van met aan voor door dit dice dit zegt sagt mowi sager sanoo od do dla z przez u av till fran med hos til fra af
called named met saw tell told ask asked visit regarding re cc bcc signed assigned und and et y e en i och og ja spoke namens genannt nomme nommee llamado llamada chiamato chiamata chamado chamada genaamd
`;

/** Verbs and labels after a name. */
export const after = `
takes calling speaking thanked insisted noticed commented escalated forwarded uploaded resolved reopened does habite vit souhaitait desea deseaba desidera chiedeva gostaria wonen mieszkal chcial chciala
attended joined prefers prefer agreed refused explained mentioned thinks hopes apologised resigned retired visits moves moving starts joins complains reacted answered objected bounced lautet attends arrives left paid pays whether ppsn pps sofinummer personal national cod nif niss insz contribuinte
called phoned wrote writes asked asks says said told reports reported complains complained requested wants wanted needs confirmed confirms ordered bought paid lives lived works worked moved married died visited signed cancelled returned received sent replied booked born aged dob
ruft rief schreibt schrieb sagt sagte fragt fragte meldet meldete bittet bat mochte wollte wohnt arbeitet bestellte bestatigte geboren geb
appelle appele ecrit demande dit veut habite travaille commande confirme ne nee souhaite signale
llamo llama escribio pidio dijo quiere vive trabaja compro confirma nacido nacida solicita indica
chiama scrive chiede dice vuole abita vive lavora ordina conferma nato nata segnala richiede
ligou telefonou escreveu pediu disse mora vive trabalha comprou confirma nascido nascida solicita
belde belt schreef vroeg zegt wil woont werkt bestelde bevestigt geboren meldt
zadzwonil zadzwonila dzwonil dzwonila napisal napisala prosi prosil prosila mowi mieszka pracuje zamowil zamowila potwierdza urodzony urodzona zglasza ur
ringde ringer skrev sager vill bor arbetar bestallde fodd ringede skriver onsker ville bor arbejder bestilte fodt soitti kirjoitti pyysi sanoo haluaa asuu tyoskentelee tilasi syntynyt
dni nie nif nino ni pesel bsn iban steuer-id steuerid cpr personnummer hetu henkilotunnus ssn sozialversicherungsnummer rijksregisternummer passport reisepass passeport pasaporte passaporto paszport codice cf nir nss insz nn burgerservicenummer svnr tel phone telefon telephone telefono telefone puhelin mobil handy e-mail mail konto compte cuenta conto 
`;

/** Phrases by which one names oneself: the last word, and a word that must stand within three before it (`*` for none). */
export const introductions: Record<string, string> = {
  "it's": 'hi hello hey yes',
  is: 'name naam names here this',
  "i'm": '*',
  am: 'i',
  for: 'ask asked asking',
  namens: '*',
  this: '*',
  heisse: 'ich',
  heiße: 'ich',
  ist: 'name hier',
  bin: 'ich',
  hier: '*',
  "m'appelle": '*',
  mappelle: '*',
  appelle: 'me',
  "c'est": '*',
  est: 'nom',
  suis: 'je',
  ici: '*',
  llamo: 'me',
  es: 'nombre soy',
  soy: '*',
  habla: '*',
  chiamo: 'mi',
  e: 'nome',
  sono: '*',
  chamo: 'me',
  sou: '*',
  'chamo-me': '*',
  ben: 'ik',
  heet: 'ik',
  met: 'spreekt',
  nazywam: '*',
  sie: 'nazywam',
  jestem: '*',
  imie: 'na',
  heter: 'jag jeg',
  hedder: 'jeg',
  ar: 'namn jag',
  er: 'navn jeg',
  on: 'nimeni olen',
  olen: '*',
  called: '*',
  named: '*',
  genannt: '*',
  tu: '*',
  taalla: '*',
  tassa: '*',
};

/**
 * Verbs and nouns with a small word after which somebody stands: the last word, and words of which one must stand within three
 * before it (`*` for none). Weaker than an introduction: two words at least.
 */
export const mentions: Record<string, string> = {
  with: 'spoke speak talked talk met meeting call chat interview appointment discussed contract agreed lunch',
  by: 'rebooted restarted fixed deployed merged committed checked modified edited changed updated verified reviewed confirmed authorised authorized escalated forwarded posted uploaded authored assigned taken delivered given registered examined referred interviewed witnessed paid answered resolved added raised logged received inspected supervised told signed approved requested written opened closed handled reported sent treated seen prepared reviewed submitted represented cancelled booked paid issued accompanied created',
  to: 'assigned payment payable refund transfer paid reports belongs addressed rented sold talk spoke talked speak write wrote lent forwarded married',
  of: 'statement signature care attention death birth arrival departure resignation application complaint behalf kin name passport file record records account case request dossier data wife husband mother father daughter son spouse death',
  for: 'ask asked opened contact record callback card badge account contract salary payslip letter parcel check appointment invoice refund payment booking reservation parcel order ticket visa referral prescription file',
  that: 'check confirm confirms note verify',
  from: 'message letter payment complaint request received call mail feedback reply refund transfer',
  ask: '*',
  asked: '*',
  told: '*',
  met: '*',
  visit: '*',
  ring: '*',
  call: '*',
  contact: '*',
  email: 'please',
  richiamare: '*',
  chiamare: '*',
  contattare: '*',
  llamar: '*',
  contactar: '*',
  appeler: '*',
  rappeler: '*',
  contacter: '*',
  ligar: '*',
  anrufen: '*',
  kontaktieren: '*',
  bellen: '*',
  bel: '*',
  sie: 'rufen kontaktieren informieren fragen',
  terugbellen: '*',
  ringa: '*',
  kontakta: '*',
  soittaa: '*',
  says: '*',
  said: '*',
  phone: '*',
  remind: '*',
  inform: '*',
  interviewed: '*',
  contacted: '*',
  hired: '*',
  durch: 'vertretung vertreten bearbeitet gepruft unterzeichnet',
  dass: 'aus sagte bestatigt mitgeteilt erklarte',
  von: 'bewerbung bearbeitet erstellt gepruft freigegeben genehmigt unterzeichnet kundigung krankmeldung daten akte konto zahlung rechnung antrag anruf nachricht steuer-id idnr steueridentifikationsnummer name vertrag reisepass ausweis anschrift adresse',
  fur: 'paket rechnung gutschrift termin antrag uberweisung lieferung',
  fuer: 'paket rechnung gutschrift termin antrag uberweisung lieferung',
  mit: 'gesprochen gesprach telefonat termin',
  an: 'uberweisung zahlung ubergabe weitergeleitet weiterleiten zugewiesen adressiert gesendet geschickt lieferung',
  de: 'dossier compte nom pago cuenta nombre datos paiement appel adresse fiche morada conta cobro',
  chez: 'livraison livrer rendez-vous',
  pour: 'facture remboursement paiement rendez-vous',
  para: 'pago pagamento',
  di: 'nome conto fascicolo pagamento ordine indirizzo',
  per: 'fattura pagamento rimborso',
  bij: 'hoort',
  van: 'rekening adres dossier bericht nummer paspoort',
  voor: 'factuur betaling afspraak',
  dla: 'zwrot przelew paczka faktura',
  av: 'undertecknat konto',
  till: 'betalning leverans aterbetalning',
  til: 'betaling levering',
};

/** Closings of letters: the next line is a signature. */
export const closings = `
saludo saludos gruss groet regards sincerely faithfully cheers best thanks thank you yours wishes grussen grusse gruss mfg dank cordialement salutations merci saludos cordial atentamente gracias saluti grazie cumprimentos atenciosamente obrigado obrigada groet groeten mvg pozdrawiam wyrazy szacunkiem hilsen halsning halsningar mvh vh terveisin ystavallisin love xoxo
`;

/** Small words inside names. */
export const particles = `
de d l dell dall del della dello dei degli delle di da das do dos du des la le las los van von vom zu zum zur der den dem ten ter te 't af av y e i bin ibn al el ben na ni nic lo li mac
`;
