import { endsInOneOf } from './endings.ts';

/** Words of streets by where they stand. Folded. */

/** Ends of compound street names (Bahnhofstrasse) that nothing else has. */
export const isStreet = endsInOneOf(`
strasse straat str gasse gassli allee chaussee laan gracht steeg singel gatan vagen gata grand stigen torget
vej vejen gade strade stræde vanget katu kuja polku aukio kaari penger veien veg gaten -weg -ring -platz
`);
/** Ends that other words have too: they count with a postcode, or an address cue. */
export const mayBeStreet = endsInOneOf(`
weg ring platz damm ufer steig stieg pfad hof berg markt graben wall garten winkel plein pad baan boulevard lei
dreef kade dijk park backen plan alle allen torv plads parken tie ranta raitti tori puistikko rinne mae bro
`);
/** Words that end so and are no street. */
export const NO_STREET = new Set(
  `ausweg umweg ipad notepad thinkpad touchpad keypad launchpad bahnhof arbeitsplatz stundenplan supermarkt arbeitsmarkt monitoring engineering spring string during bring hamburg
  marketing hosting clustering scoring offering ordering entering filtering manufacturing wiring hiring during monitor zeitplan businessplan projektplan fahrplan friedhof hotel`.split(
    /\s+/,
  ),
);

/** Street words after the name, as words of their own (Preston Avenue, Lange Strasse). */
export const after = new Set(
  `road rd street st avenue ave av lane ln drive dr close court ct crescent cres square sq terrace place pl way grove gardens gdns row mews hill park view rise walk green parade quay boulevard blvd highway hwy circle
  strasse str gasse allee weg ring platz damm ufer chaussee straat laan plein gracht kade gatan vagen gata gade alle vej stræde strade torv plads katu tie`.split(
    /\s+/,
  ),
);
/** Street words before the name (rue, via, calle, ulica). */
export const before = new Set(
  `rue avenue av ave boulevard bd blvd bld chemin allee allees impasse quai route rte square cours passage place pl faubourg sentier ruelle esplanade villa lieu-dit residence
  via viale v.le piazza p.za pza piazzale corso c.so largo strada vicolo contrada rotonda stretto incrocio borgo salita lungomare galleria localita calle callejon c avenida avda paseo pso plaza pza camino cno ronda rambla cuesta pasaje acceso vial glorieta travesia pasadizo canada acequia vereda bajada subida costanilla calzada barrio sendero torrente carrer cami passeig placa avinguda urbanizacion urb carretera ctra poligono bulevar via
  rua r travessa tv praca alameda beco estrada calcada azinhaga ladeira caminho rotunda praceta urbanizacao quinta
  ul ulica al aleja aleje pl plac os osiedle rondo skwer strada str bulevardul bd calea soseaua intrarea ulice trida namesti utca am an auf im zum zur alte alter altes neue neuer lange unter postfach apartado ap casella postbus box bp kloster am`.split(
    /\s+/,
  ),
);
/** Of those, the words that say nothing without a postcode or a comma before the number. */
export const weakBefore = new Set(
  'via place pl route square cours passage villa residence largo r c al os av am an auf im zum zur alte alter altes neue neuer lange unter strada str bd ap box urb box quinta galleria kloster salita plan'.split(
    ' ',
  ),
);
/** A dwelling named before or after the house (Flat 9, Studio 3E, Piso 7). */
export const units = new Set(
  `flat apartment apt unit studio suite ste room floor level block house appartamento interno int scala piano piso puerta pta planta escalera esc portal bajo dcha izda apartamento andar fracao esquerdo direito dto esq lote bloco appartement appt apt etage batiment bat escalier porte bte boite bus
  wohnung whg top stiege stock etage eg og tur haus mieszkanie lokal lok m lgh lagenhet vaning th tv mf sal st stuen kl izq izquierda derecha drcha izda asunto as krs rappu toev verdieping`.split(
    /\s+/,
  ),
);
/** Small words inside the names of streets and towns. */
export const small = new Set(
  `de ao aos del della delle dello dei degli di da do dos das du des d la le les el los las l van von der den dem het ten ter 't am an im in bei ob auf unter zum zur und sur sous en et y e i aan op bij nad pod pri av af och ved upon on the of by under w`.split(
    /\s+/,
  ),
);
/** Of those, the words that also stand between a person and a street. */
export const links: ReadonlySet<string> = new Set('of auf by on w bij op sur'.split(' '));
/** Words that say an address follows. */
export const cues = new Set(
  `address addresses addr live lives lived living at resides residing located moved deliver delivered delivery ship shipped shipping send sent to home adresse anschrift wohnhaft wohnt wohne wohnen liefern lieferadresse rechnungsadresse wohnort lieferung adres adresa habite habitons domicilie domiciliee livrer livraison demeurant
  direccion domicilio vive vivo reside residente enviar envio entregar abita abito indirizzo residenza spedire consegna consegnare domiciliato morada endereco mora moro reside entrega adress bor boende leverera levering bopal adressen osoite asuu asun toimitusosoite zamieszkaly zamieszkala mieszka mieszkam adresu dostawy dostarczyc adresem woont woonachtig bezorgen bezorgadres wonende verhuisd umgezogen`.split(
    /\s+/,
  ),
);
