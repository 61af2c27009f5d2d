/** Words that tell a name is near, by language family. Folded; a phrase's last word carries the cue and its first words are checked. */

/** Titles: what follows is a name, known or not. */
export const titles = `
mr mrs ms miss mx ssa sra.da dr drs prof professor sir lady lord rev herr herrn frau hr fr frl dipl-ing mag monsieur madame mademoiselle mme mlle mm me maitre docteur
senor senora senorita sr sra srta dna dona don dr dra sig sigra signor signora signore signorina sig.ra dott dottor dottoressa dottssa avv ing geom rag senhor senhora srs exmo exma meneer mevrouw mevr mvr dhr heer pan pani pana panu panem doktor fru froken herra rouva neiti tohtori
`;

/** Roles: what follows is likely a name when it looks like one. */
export const roles = `
customer client patient employee technician reviewer referral interviewer trainer supervisor witness debtor creditor buyer seller traveller visitor respondent kin colleague contractor tenant applicant passenger guest candidate member holder recipient caller contact agent user owner beneficiary payee student pupil resident policyholder cardholder claimant manager nurse doctor driver requester reporter assignee sender author attn
kunde kundin kunden patientin patienten mitarbeiter mitarbeiterin mieter mieterin bewerber bewerberin antragsteller antragstellerin inhaber inhaberin empfanger empfangerin absender kollege kollegin kollegen ansprechpartner ansprechpartnerin versicherter versicherte kontoinhaber sachbearbeiter
cliente clienta paciente empleado empleada titular solicitante inquilino inquilina destinatario destinataria remitente companero companera alumno alumna usuario usuaria beneficiario beneficiaria trabajador trabajadora
patiente employe employee salarie salariee titulaire locataire destinataire expediteur collegue beneficiaire demandeur assure assuree adherent
paziente dipendente intestatario intestataria inquilina destinatario mittente collega beneficiario richiedente assistito utente
utente doente colaborador colaboradora funcionario funcionaria inquilino destinatario remetente colega requerente trabalhador
klant medewerker medewerkster huurder aanvrager ontvanger afzender collega rekeninghouder verzekerde clientnaam
klient klientka klienta klientki klientce klientowi pacjent pacjentka pacjenta pracownik pracownica pracownika najemca wnioskodawca odbiorca nadawca posiadacz ubezpieczony
kund kunden patienten medarbetare medarbetaren anstalld hyresgast sokande mottagare avsandare kollega kontoinnehavare medarbejder medarbejderen ansat lejer ansoger modtager afsender pasient ansatt leietaker
asiakas asiakkaan potilas potilaan tyontekija vuokralainen hakija vastaanottaja lahettaja kollega tilinomistaja
name vorname nachname nom prenom nombre nome cognome naam namn navn nimi imie nazwisko fullname
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
from to by with for via an von bei mit fur durch an de par avec pour chez a con por para da di a com van met aan voor door od do dla z przez u av till fran med hos til fra af
called named met saw tell told ask asked visit regarding re cc bcc signed assigned und and et y e en i och og ja spoke namens genannt nomme nommee llamado llamada chiamato chiamata chamado chamada genaamd
`;

/** Verbs and labels after a name. */
export const after = `
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
  is: 'name naam names here this',
  "i'm": '*',
  am: 'i',
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
  by: 'told signed approved requested written opened closed handled reported sent treated seen prepared reviewed submitted represented cancelled booked paid issued accompanied created',
  to: 'assigned payment payable refund transfer paid reports belongs addressed rented sold talk spoke talked speak write wrote lent forwarded married',
  of: 'behalf kin name passport file record records account case request dossier data wife husband mother father daughter son spouse death',
  for: 'check appointment invoice refund payment booking reservation parcel order ticket visa referral prescription file',
  that: 'check confirm confirms note verify',
  from: 'message letter payment complaint request received call mail feedback reply refund transfer',
  ask: '*',
  asked: '*',
  told: '*',
  met: '*',
  visit: '*',
  ring: '*',
  phone: '*',
  remind: '*',
  inform: '*',
  interviewed: '*',
  contacted: '*',
  hired: '*',
  von: 'daten akte konto zahlung rechnung antrag anruf nachricht steuer-id idnr steueridentifikationsnummer name vertrag reisepass ausweis anschrift adresse',
  fur: 'paket rechnung gutschrift termin antrag uberweisung lieferung',
  fuer: 'paket rechnung gutschrift termin antrag uberweisung lieferung',
  mit: 'gesprochen gesprach telefonat termin',
  an: 'uberweisung zahlung',
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
