import { compareTexts, sorted, sortedMembers } from './compare.ts';
import { boolean, NoAnswer, object, text } from './operands.ts';
import { type Builtins, type Charge, isArray, isMap, isNumber, isSet, numberText, type Term } from './term.ts';

/** How a value is laid out; `undefined` is on one line. */
interface Layout {
  readonly prefix: string;
  readonly indent: string;
  readonly charge: Charge;
}

export const jsonMarshal: Builtins = {
  'json.marshal_with_options': ([value, options], charge) => {
    let prefix = '';
    let indent = '\t';
    let implied = false;
    let pretty: boolean | undefined;
    for (const [key, option] of object(options)) {
      if (key === 'pretty') pretty = boolean(option);
      else if (key === 'prefix') prefix = text(option);
      else if (key === 'indent') indent = text(option);
      else throw new NoAnswer();
      if (key !== 'pretty') implied = true;
    }
    const json = marshal(value ?? null, (pretty ?? implied) ? { prefix, indent, charge } : undefined, 0);
    // Go puts the prefix before each line but the first, and OPA puts it there.
    return (pretty ?? implied) ? prefix + json : json;
  },
};

/** JSON as Go's encoding/json writes it: keys in order, and `<`, `>` and `&` escaped. */
function marshal(value: Term, layout: Layout | undefined, depth: number): string {
  if (typeof value === 'string') return quote(value);
  if (isNumber(value)) return numberText(value);
  if (isArray(value) || isSet(value)) {
    const items = isArray(value) ? value : sorted(value);
    return wrap(
      '[',
      items.map((item) => marshal(item, layout, depth + 1)),
      ']',
      layout,
      depth,
    );
  }
  if (!isMap(value)) return `${value}`;
  const colon = layout === undefined ? ':' : ': ';
  const members = textMembers(value).map(
    ([key, member]) => `${quote(key)}${colon}${marshal(member, layout, depth + 1)}`,
  );
  return wrap('{', members, '}', layout, depth);
}

/**
 * The members of an object as JSON can have them, in the order of their keys: a key that is no string stands as its JSON.
 * Where two keys become one, the one that is later in Rego's order counts.
 */
export function textMembers(map: ReadonlyMap<Term, Term>): [string, Term][] {
  const members = new Map<string, Term>();
  for (const [key, member] of sortedMembers(map)) {
    members.set(typeof key === 'string' ? key : marshal(key, undefined, 0), member);
  }
  return [...members].sort(([left], [right]) => compareTexts(left, right));
}

function wrap(open: string, items: string[], close: string, layout: Layout | undefined, depth: number): string {
  if (layout === undefined || items.length === 0) return `${open}${items.join()}${close}`;
  const { prefix, indent, charge } = layout;
  const width = prefix.length + indent.length * (depth + 1);
  charge(width * (items.length + 1));
  const line = `\n${prefix}${indent.repeat(depth)}`;
  return `${open}${line}${indent}${items.join(`,${line}${indent}`)}${line}${close}`;
}

function quote(value: string): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
