import { Ajv } from 'ajv';
import type { Entry } from './entry.ts';

const text = (pattern: string) => ({ type: 'string', pattern: `^(?:${pattern})$` });
const oneOf = (...values: string[]) => ({ enum: values });
const orNull = (schema: object) => ({ anyOf: [schema, { type: 'null' }] });
const listOf = (items: object) => ({ type: 'array', items, maxItems: 1024 });
const closed = (properties: Record<string, object>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

const sha256 = text('sha256:[0-9a-f]{64}');
const time = text('\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z');
const count = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
// Ids are printable ASCII: wide enough for every name an operator or author gives, too narrow for a sentence or an address.
const id = { type: 'string', format: 'id' };
const call = text('[A-Za-z0-9][A-Za-z0-9._:-]{0,127}');
const label = text('[ -~]{1,255}');
// Codes and strategies grow; a log must stay readable to a verifier that is older than its writer.
const code = text('WRIT_[A-Z_]{1,64}');
const mask = { rule: id, strategy: text('[a-z][a-z-]{0,31}'), category: orNull(id) };
const entry = (kind: Entry['kind'], properties: Record<string, object>) =>
  closed({ v: { const: 1 }, kind: { const: kind }, time, ...properties });

/** Version 1 of every entry kind, as JSON Schema: closed, so that nothing finds its way into the log unnoticed. */
export const entrySchemas = {
  open: entry('open', { origin: text('[!-*,-~]{1,255}'), gateway: id, build: label, key: sha256, recovered: count }),
  key: entry('key', { key: sha256, previous: sha256, kid: orNull(label), endorsed: { type: 'boolean' } }),
  bundle: entry('bundle', { digest: sha256, revision: orNull(label) }),
  decision: entry('decision', {
    call,
    tenant: id,
    subject: orNull(text('[0-9a-f]{64}')),
    identity: oneOf('human', 'workload', 'agent', 'human-via-agent', 'anonymous'),
    server: id,
    direction: oneOf('to-server', 'to-client'),
    method: text('[A-Za-z][A-Za-z_/-]{0,63}'),
    tool: orNull(id),
    effect: oneOf('allow', 'require-approval', 'deny'),
    verdict: oneOf('allow', 'mask-fields', 'require-approval', 'deny'),
    rules: listOf(id),
    masks: listOf(closed(mask)),
    obligations: listOf(id),
    error: orNull(code),
    bundle: sha256,
    fuel: count,
    unanswered: listOf(id),
    pending: orNull(call),
    commitments: closed({
      input: sha256,
      arguments: orNull(sha256),
      claims: orNull(sha256),
      reasons: orNull(sha256),
    }),
  }),
  intent: entry('intent', { call, commitments: closed({ arguments: orNull(sha256) }) }),
  outcome: entry('outcome', {
    call,
    status: oneOf('completed', 'failed', 'refused', 'aborted', 'unreachable', 'unknown'),
    error: orNull(code),
    frames: count,
    withheld: count,
    rules: listOf(id),
    masked: listOf(closed({ ...mask, count })),
    commitments: closed({ received: orNull(sha256), sent: orNull(sha256) }),
  }),
  refusals: entry('refusals', {
    since: time,
    counts: { type: 'object', propertyNames: code, additionalProperties: count, minProperties: 1, maxProperties: 256 },
  }),
  close: entry('close', { reason: text('[A-Za-z][A-Za-z0-9 _-]{0,63}') }),
} satisfies Record<Entry['kind'], object>;

// Rule, tool and category names come again in every entry; remembering the last of them halves the check.
const known = new Set<string>();
function isId(name: string): boolean {
  if (known.has(name)) return true;
  if (!/^[A-Za-z0-9][A-Za-z0-9._:*/-]{0,255}$/.test(name)) return false;
  if (known.size >= 4096) known.clear();
  known.add(name);
  return true;
}

const ajv = new Ajv({ strict: true, formats: { id: isId } });
const validators = new Map(Object.entries(entrySchemas).map(([kind, schema]) => [kind, ajv.compile<Entry>(schema)]));

/** Narrows to an entry of version 1, or says where it is not one; the answer names places and never values. */
export function checkEntry(value: unknown): { entry: Entry } | { fault: string } {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  const validate = typeof kind === 'string' ? validators.get(kind) : undefined;
  if (validate === undefined) return { fault: 'no known kind' };
  if (validate(value)) return { entry: value };
  const [error] = validate.errors ?? [];
  return { fault: `${error?.instancePath || 'entry'} ${error?.keyword ?? 'invalid'}` };
}
