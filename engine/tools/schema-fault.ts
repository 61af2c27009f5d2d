/** Why a schema cannot be used: a sentence about the schema alone, which people and models are told. */
export class SchemaFault extends Error {}

/** A place in a schema as a message may name it: the words of the server, short and without what cannot be seen. */
export function placeOf(path: readonly string[]): string {
  const text = path.map((part) => part.replaceAll(/[^ -~]/g, '?')).join('/');
  return text.length > 120 ? `/${text.slice(0, 119)}…` : `/${text}`;
}
