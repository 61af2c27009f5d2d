const word = /^['’]?\p{L}[\p{L}\p{M}'’.()-]{0,40}$/u;
const capital = /^(?:[dDlLoO]['’])?\p{Lu}/u;
const titles = new Set(
  'dr prof mr mrs ms miss herr frau hr fr dhr mevr mevrouw mme m mlle sig sra sr d dña don doña pan pani ing mag dipl'.split(
    ' ',
  ),
);
const particles = new Set(
  "de del della delle degli di da do dos das du des van von vom zu zur der den het ten ter af av la le el los las y e i bin ben al ’t 't t op ó ní mac nic".split(
    ' ',
  ),
);
/** Words of machines, teams and companies, which have capitals as well. */
const things = new Set(
  'agent bot service team support desk helpdesk system server batch job process task worker runner scheduler pipeline automation account group department inc ltd limited gmbh ag llc bv b.v sa s.a srl spa s.p.a plc oy oyj ab as aps corp corporation company bank hospital university admin user test api model assistant gpt claude mozilla chrome engine center centre office queue unit manager engineering sales marketing finance operations billing customer bug feature new open closed high low medium holding foundation data kft zrt kg ohg'.split(
    ' ',
  ),
);
/** The last words of the names of companies. */
const companies = new Set(
  'gmbh ltd limited inc llc llp plc corp corporation company group bank holding foundation university hospital bv b.v nv n.v sa s.a sarl s.a.r.l srl s.r.l spa s.p.a z.o.o o.o sro s.r.o a.s a/s aps oy oyj ab kft zrt ev e.v kg ohg d.o.o'.split(
    ' ',
  ),
);

/** Words with which parts of companies and offices begin or end. */
const bodies = new Set(
  'abteilung bereich referat stabsstelle team teams zespół dział wydział biuro afdeling afdelingen avdelning avdelningen enhet osasto tiimi yksikkö department dept departamento departement département dipartimento depto divisão division ufficio reparto direzione direction dirección direção dyrekcja secretaría secretariat sekretariat equipo équipe equipa squadra service servicio servizio serviço kundenservice kundendienst klantenservice klantendienst kundtjänst kundeservice asiakaspalvelu desk helpdesk board committee comité vertrieb einkauf buchhaltung personalabteilung verwaltung ventas compras achats ventes acquisti vendite verkoop inkoop sprzedaży zakupów myynti försäljning salg'.split(
    ' ',
  ),
);

const folded = (part: string) => part.toLowerCase().replace(/\.$/, '');

/** Whether a value can be the name of a person at all: words of letters, eight at most, and no company's. */
export function canBeAPerson(value: string): boolean {
  if (value.length < 2 || value.length > 80) return false;
  const parts = value.split(/,? {1,2}/);
  const [first = ''] = parts;
  const last = folded(parts.at(-1) ?? '');
  if (companies.has(last) || bodies.has(last) || bodies.has(folded(first))) return false;
  return parts.length <= 8 && parts.every((part) => word.test(part));
}

/** Whether a value reads like the name of a person where nothing else says that it is one: two words that begin as names do. */
export function readsLikeAPerson(value: string): boolean {
  if (value.length > 60 || !canBeAPerson(value)) return false;
  let names = 0;
  for (const [index, part] of value.split(/,? {1,2}/).entries()) {
    const plain = folded(part).replace(/^['’]/, '');
    if (things.has(plain)) return false;
    if ((index < 2 && titles.has(plain)) || particles.has(plain)) continue;
    if (!capital.test(part)) return false;
    names++;
  }
  return names > 1 && names < 6;
}
