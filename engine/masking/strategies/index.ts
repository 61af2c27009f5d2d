export { checkOptions } from './options.ts';
export { partial } from './partial.ts';
export { redacted, redactedAs } from './redact.ts';
export { replacement } from './replacement.ts';
export { schemaAt } from './schema-at.ts';
export { strongest } from './strongest.ts';
export type { Replaceable } from './types.ts';
