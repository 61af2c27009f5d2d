import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findAddresses } from '../../../../engine/detect/prose/address.ts';
import { findProse } from '../../../../engine/detect/prose/index.ts';
import { findPersons } from '../../../../engine/detect/prose/person.ts';
import { readProse } from '../../../../engine/detect/prose/text.ts';
import type { Found } from '../../../../engine/detect/types.ts';

/** Texts with the values in them, between `[p:` or `[a:` and `]`: people and addresses, all invented. */
const labelled: Record<string, string[]> = {
  English: [
    'My name is [p:Oonagh Featherstone] and I moved to [a:14 Larkspur Road, Leeds LS6 2QT] last week.',
    'Spoke to Mrs [p:Pemberton-Hale] about the boiler.',
    'Dear [p:Gareth],\n\nThanks for your letter.\n\nKind regards,\n[p:Siobhan McGinley]\nSenior Engineer',
    'Customer [p:Zebedee Quillfeather] called about order 88123.',
    'hi, my name is [p:karen whitfield], can you check my bill',
    'sorry, this is [p:anna kowalska]',
    'Meeting with [p:J. R. Hollingsworth] at noon',
    '| [p:Fiona Brightwell] | [a:3 Mill Lane, York, YO1 7AB] |',
    'Send it to my daughter [p:Clementine] at [a:Flat 4B, 19 Ashdown Court, Brighton BN1 3XE].',
    'Dublin office: [p:Aoibheann Ní Mhurchú], [a:7 Harcourt Terrace, Dublin, D02 F654]',
    'The policyholder, [p:Hattie Brockbank], disputes the charge.',
    'PATIENT: [p:ANNA WALTERS]',
    'Attendees: [p:Kowalczyk, Agnieszka]; minutes follow.',
    'Present: [p:Ombrela Wattsimo], [p:Zebedee Quillfeather] and [p:Hattie Brockbank]. Room 4 was cold.',
    '@[p:Karen Whitfield] can you look at this?',
    "[p:Fiona Brightwell]'s laptop is broken.",
    "Hi, I'm [p:Ombrela Wattsimo]. Please ask for [p:Lauren].",
    'Re: [p:Ombrela Wattsimo] (date of birth: 1 May 1970)',
    'Signed: [p:Hattie Brockbank], 2026-02-19',
    'Checked by [p:Ombrela Wattsimo] today.',
    'Deliver to [p:Fiona Lord], [a:8 Mill Lane, York, YO1 7AB]',
    'Employee [p:Miguel Torres] starts on Monday.',
    'Hello [p:Ombrela Wattsimo], thanks for waiting.',
    '[p:Gareth Pemberton] and his neighbour [p:Ombrela Wattsimo]',
    "VALUES (12, '[p:Ombrela Kowalczyk]', 'open')",
  ],
  German: [
    'Guten Tag, ich heiße [p:Friedlinde Obermüller] und wohne in der [a:Lindenstraße 14, 80331 München].',
    'Sehr geehrte Frau [p:Zimmermann], Ihr Vertrag liegt bei.',
    'Rechnung an: [p:Jürgen Kessler]\n[a:Am Alten Markt 3\n50667 Köln]',
    'Mit freundlichen Grüßen\nDr. [p:Ulrike Sandvoß]',
    'Postanschrift: [a:Postfach 10 21 05, 70017 Stuttgart]',
    'Herr [p:Friedhelm Ring] kommt um neun; Rückruf i. A. [p:Ombrela Sandvoß]',
    'Vertretung durch [p:Ombrela Sandvoß]; namens [p:Ulrike Lohmeyer]',
    'Versicherte Person [p:Ulrike Lohmeyer]',
    'Abholung bei [p:Günther Lohmeyer], [a:Schillerplatz 7/3, 1010 Wien].',
  ],
  French: [
    "Bonjour, je m'appelle [p:Solène Kerbrat], j'habite au [a:27 bis rue des Lilas, 35000 Rennes].",
    'Madame [p:Delacroix-Petit] souhaite annuler.',
    'Mon mari [p:Thierry] a appelé hier.',
    'La titulaire [p:Bérengère d’Aubigné] a signé ; [p:Paul Roux] habite [a:4 rue de l’Abbé Grégoire, 05100 Briançon].',
    'Le dossier d’[p:Anna Castaing] est complet.',
    'Livrer à [a:49, avenue Cécile Moulin, 15128 RousseauVille]',
    'Document signé par [p:Aurélien Fontvieille].',
  ],
  Spanish: [
    'Me llamo [p:Encarnación Villaescusa] y vivo en [a:Calle Mayor 12, 3º B, 28013 Madrid].',
    'La paciente [p:Rosario del Olmo Peñalver] llegó a las nueve.',
    'Asistentes: [p:Rosario Villaescusa], [p:Encarnación Peñalver] y [p:Leonor Vasques]',
    'con domicilio en [a:Pasadizo de Martina Cuevas 4, Guadalajara, 50965]',
    '[a:Avda. de la Constitución, 45, 41001 Sevilla]',
  ],
  Italian: [
    'Il signor [p:Ettore Bevilacqua] abita in [a:via Garibaldi 8, 10122 Torino (TO)].',
    '12\t[a:Viale Garibaldi, 3, 83011, Torino (TO)]\tsì',
    'Spedire a [a:Via Garibaldi, 85, 20826, Cascina Nuova (MB)]',
    'Richiamare [p:Ettore Bevilacqua] domani',
    'Spedire a: [p:Ginevra Tosatti], [a:Corso Vittorio Emanuele II 101, 00186 Roma]',
  ],
  Portuguese: [
    'Chamo-me [p:Leonor Vasques Teles] e moro na [a:Rua das Flores, n.º 23, 4050-265 Porto].',
    'Enviar para [a:Avenida da República, 120, 2.º Esq., 1050-187 Lisboa]',
    'O utente [p:Quitério Malheiro] foi atendido ontem.',
  ],
  Dutch: [
    'Ik ben [p:Joost van der Meulen] en woon op de [a:Prinsengracht 263-A, 1016 GV Amsterdam].',
    'De heer [p:Van Oosterwijk] belde over de factuur.',
    '[p:Pieter-Jan De Wachter], [a:Kerkstraat 5 bus 2, 9000 Gent]',
  ],
  Polish: [
    'Nazywam się [p:Bożena Wielgosz], mieszkam przy [a:ul. Polnej 5 m. 12, 30-015 Kraków].',
    'Pan [p:Zdzisław Krępa] prosi o kontakt.',
  ],
  Nordic: [
    '(kund [p:Pär Engström])',
    'Jag heter [p:Ingegerd Palmcrantz] och bor på [a:Kungsgatan 44, 111 35 Stockholm].',
    'Kære [p:Birgitte Aagaard], din pakke er sendt til [a:Vesterbrogade 112, 3. th, 1620 København V].',
    'Nimeni on [p:Tuulikki Rautavaara], osoite [a:Mannerheimintie 12 B 4, 00100 Helsinki].',
  ],
};

const clean = [
  'The Jordan River flows near Victoria Station and Paris.',
  'Florence Vase, Siena Tile and Mercedes Hub Cap are out of stock.',
  'Meet the Customer Service Team on Monday in Conference Room 4.',
  'Deployed via Teams 2026 on Spring 5 and iPad 7.',
  'Die Bestellung wurde am Montag im Lager Hamburg bearbeitet.',
  'Der Kunde Nummer 4711 hat die Rechnung Nummer 12 bezahlt.',
  'Mark Invoice as Paid. Grant Access to Bill Payment.',
  'Anna Freud Institute and Johnson Controls Inc signed.',
  'New York, San Francisco and Los Angeles are in the USA.',
  'Release Notes Version 3: Added Dark Mode, Fixed Login Bug',
  'Le Service Client est ouvert du Lundi au Vendredi.',
  'El Departamento de Ventas abre los Lunes.',
  'Route 53 and Place 12 are on the map, see Chapter 7 Section 12.',
  'Kind regards,\nThe Support Team',
  'Julia Release 1.9, Ruby on Rails, Travis CI and Jenkins Build Server',
  'this is great, thanks for the help',
  'sent via Outlook 365, see Plan 2025 and Milestone 3',
  'Nordic Walking Poles, Oxford Shirt, Charlotte Dress',
  'The Model S Plus is in Warehouse 12, 1000 Brussels.',
  'Room Einstein is booked; Mercedes Benz and Victoria Falls are not.',
  'Atentamente,\nDepartamento de Atención al Cliente',
  'Met vriendelijke groet\nAfdeling Inkoop',
  'Signed: Management Board. Attendees: Sales Team, Support Team',
  'Obecni: Dział Sprzedaży, Dział Zakupów',
  "UPDATE items SET name = 'Blue Moon' WHERE id = 3",
  'Deployed to Frankfurt West; Dublin follows. Hello World',
  'name: Charlotte mould',
  'Employee\tNINO\tStart',
  'name: Unit Tests',
  'Schlauchring 24 mm, Dichtung 80 mm, Monitoring 24',
];

describe('names and addresses in prose', () => {
  for (const [language, texts] of Object.entries(labelled)) {
    it(`finds those of ${language} texts, and nothing else`, () => {
      for (const marked of texts) {
        const { text, values } = unmark(marked);
        const found = findProse(text, { regions: [] }).sort((a, b) => a.start - b.start);
        const got = found.map(({ start, end, type }) => `${type} ${text.slice(start, end)}`);
        assert.deepEqual(got, values);
      }
    });
  }

  it('leaves places, products, companies, headings and greetings to all alone', () => {
    for (const text of clean) assert.deepEqual(findProse(text, { regions: [] }), [], text);
  });

  it('gives offsets in code units within the text, and a confidence from 0 to 1', () => {
    const text = '😀 Customer Zebedee Quillfeather called 😀';
    const [found] = findProse(text, { regions: [] });
    assert.equal(text.slice(found?.start, found?.end), 'Zebedee Quillfeather');
    assert.ok(found !== undefined && found.confidence > 0 && found.confidence <= 1);
  });
});

describe('the work on hostile prose', () => {
  const hostile: Record<string, string> = {
    capitals: 'Anna ',
    particles: 'Van de la ',
    initials: 'J. ',
    joiners: "A-a'a-",
    streets: 'Rue de la Via ',
    houses: '12 Preston Lane, ',
    postcodes: 'LS6 2QT, ',
    towns: 'Leeds LS6 2QT ',
    parts: 'High Road, High Road, High Road, LS6 2QT, ',
    numbers: '1/2/3-4 ',
    titles: 'Dr. Mr. ',
    commas: 'a,\n',
    compounds: 'Hauptstraße ',
  };
  for (const [name, unit] of Object.entries(hostile)) {
    it(`grows with the length and not faster: ${name}`, () => {
      const reads = (times: number) => countReads(unit.repeat(times));
      const small = reads(100);
      const large = reads(800);
      assert.ok(large <= small * 8 * 1.3 + 1000, `${small} reads, then ${large}`);
    });
  }

  it('reads one very long word', () => {
    assert.deepEqual(findProse('A'.repeat(200_000), { regions: [] }), []);
    assert.deepEqual(findProse('straße'.repeat(30_000), { regions: [] }), []);
  });
});

/** How often the detectors look at the words of a text: counts their work without a clock. */
function countReads(text: string): number {
  let reads = 0;
  const prose = new Proxy(readProse(text), {
    get: (target, key, receiver) => {
      reads += 1;
      return Reflect.get(target, key, receiver);
    },
  });
  const taken = new Uint8Array(prose.count);
  const found: Found[] = [];
  findAddresses(prose, taken, found);
  findPersons(prose, taken, found);
  return reads;
}

function unmark(marked: string): { text: string; values: string[] } {
  const values: string[] = [];
  const text = marked.replace(/\[([pa]):([^\]]+)\]/g, (_all, kind: string, value: string) => {
    values.push(`${kind === 'p' ? 'PERSON' : 'ADDRESS'} ${value}`);
    return value;
  });
  return { text, values };
}
