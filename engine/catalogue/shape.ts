/** Finds of one category among the values of one place. */
export interface Finds {
  count: number;
  /** Sum of the confidence of each. */
  sum: number;
  most: number;
}

/** Values that stood at one place and are declared alike, and what was found of them. */
export class Tally {
  /** Values that are not empty. */
  seen = 0;
  /** Of these, values in which something was found. */
  held = 0;
  /** Where all of the value is it, and where a part is. */
  readonly whole = new Map<string, Finds>();
  readonly parts = new Map<string, Finds>();
  example: string | null = null;
  file = '';

  hold(file: string): void {
    if (this.held++ === 0) this.file = file;
  }

  find(finds: 'whole' | 'parts', category: string, confidence: number): void {
    addFinds(this[finds], category, { count: 1, sum: confidence, most: confidence });
  }

  merge(other: Tally): void {
    if (this.held === 0) this.file = other.file;
    this.seen += other.seen;
    this.held += other.held;
    for (const kind of ['whole', 'parts'] as const)
      for (const [category, finds] of other[kind]) addFinds(this[kind], category, finds);
    this.example ??= other.example;
  }
}

function addFinds(to: Map<string, Finds>, category: string, { count, sum, most }: Finds): void {
  const known = to.get(category);
  if (known === undefined) to.set(category, { count, sum, most });
  else {
    known.count += count;
    known.sum += sum;
    known.most = Math.max(known.most, most);
  }
}

/** Tallies by what the catalogue declares: categories, sorted and joined by a space; nothing where it declares none. */
export type Tallies = Map<string, Tally>;

export function tallyOf(tallies: Tallies, declared: ReadonlySet<string>): Tally {
  const key = [...declared].sort().join(' ');
  const known = tallies.get(key);
  if (known !== undefined) return known;
  const made = new Tally();
  tallies.set(key, made);
  return made;
}

/** One place in the documents of a tool: what all of them had there, put together. */
export class Shape {
  readonly members = new Map<string, Shape>();
  items: Shape | undefined;
  /** Of texts and numbers that stood here. */
  readonly values: Tallies = new Map();
  /** Of the names of members that stood here. */
  readonly names: Tallies = new Map();

  member(name: string): Shape {
    const known = this.members.get(name);
    if (known !== undefined) return known;
    const made = new Shape();
    this.members.set(name, made);
    return made;
  }

  item(): Shape {
    this.items ??= new Shape();
    return this.items;
  }

  /** Takes in what another place had, as places of one path are one. */
  merge(other: Shape): void {
    for (const [name, shape] of other.members) this.member(name).merge(shape);
    if (other.items !== undefined) this.item().merge(other.items);
    for (const kind of ['values', 'names'] as const)
      for (const [declared, tally] of other[kind]) tallyOf(this[kind], words(declared)).merge(tally);
  }
}

/** What the key of a tally declares. */
export function words(declared: string): ReadonlySet<string> {
  return new Set(declared.split(' ').filter((word) => word !== ''));
}
