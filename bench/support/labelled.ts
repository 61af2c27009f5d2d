import type { Example, Span } from './accuracy.ts';
import { Values } from './labelled-values.ts';

/** People, streets and towns of the larger languages of the EU; numbers as their countries write them. */
const places: readonly [Place, ...Place[]] = [
  {
    given: 'Wiebke Korbinian Frauke Lennart',
    family: 'Niebergall Wöhrmann Habermehl',
    phones: ['+49 30 %#######', '0151 %#######'],
    address: 'Lindenweg 12, 42103 Wuppertal',
  },
  {
    given: 'Maëlle Corentin Solène Tanguy',
    family: 'Quéméner Vauquelin Chantepie',
    phones: ['+33 6 12 ## ## ##', '06 12 ## ## ##'],
    address: '14 rue des Lilas, 29000 Quimper',
  },
  {
    given: 'Nerea Unai Candelaria Oriol',
    family: 'Etxeberria Capdevila Seoane',
    phones: ['+34 612 ### ###', '612 ## ## ##'],
    address: 'Calle Mayor 7, 48001 Bilbao',
  },
  {
    given: 'Fiorenzo Ludovica Tancredi',
    family: 'Passalacqua Scognamiglio',
    phones: ['+39 347 %######', '347 %######'],
    address: 'Via Garibaldi, 18, 20121 Milano',
  },
  {
    given: 'Hermínia Belmiro Deolinda',
    family: 'Saldanha Cerqueira',
    phones: ['+351 912 ### ###', '912 ### ###'],
    address: 'Rua das Flores 44, 4050-262 Porto',
  },
  {
    given: 'Wietske Sjoerd Maaike',
    family: 'Terpstra Zonneveld',
    phones: ['+31 6 2#######', '06-2#######'],
    address: 'Prinsengracht 263, 1016 GV Amsterdam',
  },
  {
    given: 'Bogumiła Przemysław Radosława',
    family: 'Grzegrzółka Skrzypczak',
    phones: ['+48 601 ### ###', '601 ### ###'],
    address: 'ul. Zielona 5/3, 90-601 Łódź',
  },
  {
    given: 'Torbjörn Hjördis Linnéa',
    family: 'Hjelmqvist Törnblom',
    phones: ['+46 70 2## ## ##', '070-2## ## ##'],
    address: 'Kungsgatan 8, 111 43 Stockholm',
  },
  {
    given: 'Asbjørn Thyra Viggo',
    family: 'Bøgelund Krogsgaard',
    phones: ['+45 2# ## ## ##'],
    address: 'Nørregade 21, 5000 Odense',
  },
  {
    given: 'Väinö Tellervo Aliisa',
    family: 'Kärkkäinen Hyvärinen',
    phones: ['+358 40 %######', '040 %######'],
    address: 'Mannerheimintie 5, 00100 Helsinki',
  },
  {
    given: 'Rowena Barnaby Tamsin',
    family: 'Ramsbottom Pemberton',
    phones: ['+44 7400 ######', '020 7946 ####'],
    address: '12 Foundry Lane, Leeds LS1 4AP',
  },
  {
    given: 'Fionnuala Diarmuid Clodagh',
    family: "O'Shaughnessy Heffernan",
    phones: ['+353 87 %## ####'],
    address: '9 Parnell Street, Cork, T12 X8N6',
  },
];

interface Place {
  readonly given: string;
  readonly family: string;
  readonly phones: readonly [string, ...string[]];
  readonly address: string;
}

type Part = string | { type: string; value: string };

/** Examples with their labels, the same for the same seed: what people and systems write, and what only looks like it. */
export function labelledExamples(seed = 1, count = 600): Example[] {
  const values = new Values(seed);
  const examples: Example[] = [];
  for (let i = 0; i < count; i++) {
    const kind = i % 3 === 0 ? 'json' : 'text';
    const parts = kind === 'json' ? record(values) : i % 4 === 1 ? nothing(values) : sentence(values);
    examples.push({ id: `${kind}-${i}`, kind, ...joined(parts) });
  }
  return examples;
}

function joined(parts: readonly Part[]): { text: string; spans: Span[] } {
  let text = '';
  let points = 0;
  const spans: Span[] = [];
  for (const part of parts) {
    const value = typeof part === 'string' ? part : part.value;
    const start = points;
    text += value;
    points += [...value].length;
    if (typeof part !== 'string') spans.push({ start, end: points, type: part.type });
  }
  return { text, spans };
}

function somebody(values: Values) {
  const place = values.pick(places);
  const word = (list: string) => {
    const words = list.split(' ');
    return words[values.below(words.length)] ?? '';
  };
  const [given, family] = [word(place.given), word(place.family)];
  const plain = (name: string) =>
    name
      .normalize('NFD')
      .replace(/[^a-zA-Z]/g, '')
      .toLowerCase();
  const { year, month, day } = values.birth();
  const id = values.id();
  return {
    name: { type: 'PERSON', value: `${given} ${family}` },
    email: { type: 'EMAIL', value: `${plain(given)}.${plain(family)}@example.com` },
    phone: { type: 'PHONE', value: values.fill(values.pick(place.phones)) },
    address: { type: 'ADDRESS', value: place.address },
    born: {
      type: 'DATE_OF_BIRTH',
      value: values.below(2) === 0 ? `${year}-${month}-${day}` : `${day}.${month}.${year}`,
    },
    id: { type: id.type, value: id.value },
    cue: id.cue,
    iban: { type: 'IBAN', value: values.iban() },
    card: { type: 'CREDIT_CARD', value: values.card() },
    ip: { type: 'IP_ADDRESS', value: `93.184.${values.below(255)}.${1 + values.below(250)}` },
    secret: { type: 'SECRET', value: values.secret() },
  };
}

function sentence(values: Values): Part[] {
  const who = somebody(values);
  const order = `ORD-${values.digits(7)}`;
  return values.pick<Part[]>([
    ['Hello, my name is ', who.name, ` and ${order} is late. Call me on `, who.phone, '.'],
    ['Spoke with ', who.name, ', please write to ', who.email, ' about the refund.'],
    ['Ship it to ', who.name, ', ', who.address, '.'],
    ['Patient ', who.name, ', born ', who.born, ', was seen on 2026-05-04.'],
    [`${who.cue}: `, who.id, ', checked twice.'],
    ['Refund to IBAN ', who.iban, ', amount EUR 120.50.'],
    ['Paid by card ', who.card, `, reference ${values.digits(12)}.`],
    ['login from ', who.ip, ' as ', who.email, ' failed'],
    ['found in the log: ', who.secret],
    ['Kind regards\n', who.name, '\nTel. ', who.phone],
  ]);
}

/** Numbers and names of things. */
function nothing(values: Values): Part[] {
  return values.pick<Part[]>([
    [`Build 4.${values.below(40)}.${values.below(900)} of commit ${values.hex(40)} went out at 2026-05-04T10:11:12Z.`],
    [`Parcel 1Z${values.letters(8, 'ABCDEFGHJKLMN')}${values.digits(8)} left Porto, 2.4 kg, EUR 19.90.`],
    [`GET /v2/items/${values.digits(7)} 200 in ${values.below(900)} ms, etag "${values.hex(32)}"`],
    [`Sensor at 48.${values.digits(5)}, 11.${values.digits(5)}: ${values.below(30)}.5 degrees.`],
    [`Two Oxford shirts (SKU-${values.digits(5)}) and a Hugo Boss bag for the office in San Sebastián.`],
  ]);
}

function record(values: Values): Part[] {
  const who = somebody(values);
  return [
    `{"structuredContent":{"customers":[{"customerId":${values.digits(8)},"fullName":"`,
    who.name,
    '","workEmail":"',
    who.email,
    '","mobile_no":"',
    who.phone,
    '","homeAddress":"',
    who.address,
    '","birthDate":"',
    who.born,
    '","nationalId":"',
    who.id,
    '","iban":"',
    who.iban,
    '","card":{"number":"',
    who.card,
    `"},"createdAt":"2026-05-04T10:11:12Z","orderId":"ORD-${values.digits(7)}","sku":"AB-${values.digits(5)}","note":"`,
    who.name,
    ' asked for a call."}]}}',
  ];
}
