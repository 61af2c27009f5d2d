import { fromBytes, toBytes } from './byte-text.ts';
import { compareTexts } from './compare.ts';
import { textMembers } from './json-marshal.ts';
import { NoAnswer, object, text } from './operands.ts';
import { type Builtins, isArray, isSet, type Term } from './term.ts';
import { percentDecode, percentEncode } from './url-escapes.ts';

/** Go refuses a query of more parameters. */
const mostParameters = 10_000;

export const urlQuery: Builtins = {
  'urlquery.encode': ([operand]) => encode(text(operand)),
  'urlquery.decode': ([operand]) => decode(toBytes(text(operand))),
  'urlquery.encode_object': ([operand]) =>
    textMembers(object(operand))
      .flatMap(([key, value]) => values(value).map((one) => `${encode(key)}=${encode(one)}`))
      .join('&'),
  'urlquery.decode_object': ([operand]) => {
    const written = toBytes(text(operand)).split('&');
    if (written.length > mostParameters) throw new NoAnswer();
    const parameters = new Map<string, string[]>();
    for (const parameter of written) {
      if (parameter.includes(';')) throw new NoAnswer();
      if (parameter === '') continue;
      const [key = '', ...rest] = parameter.split('=');
      const name = decode(key);
      const known = parameters.get(name);
      const value = decode(rest.join('='));
      if (known === undefined) parameters.set(name, [value]);
      else known.push(value);
    }
    return parameters;
  },
};

function encode(value: string): string {
  return percentEncode(toBytes(value), 'query');
}

function decode(bytes: string): string {
  return fromBytes(percentDecode(bytes, 'query'));
}

function values(value: Term): string[] {
  if (typeof value === 'string') return [value];
  if (isArray(value)) return value.map(text);
  if (isSet(value)) return [...value].map(text).sort(compareTexts);
  throw new NoAnswer();
}
