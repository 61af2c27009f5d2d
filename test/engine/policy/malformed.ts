import { isObject, type Json, type JsonObject } from '../../../engine/json/types.ts';
import { allow } from './behaviours.ts';

const full: JsonObject = {
  effect: 'allow',
  rules: ['test.allow.plain'],
  reasons: [{ rule: 'test.allow.plain', message: 'secret' }],
  mask_fields: [
    { rule: 'test.mask_fields.x', on: 'result', path: '$.secret', category: null, strategy: 'redact', options: {} },
  ],
  approval: { requirements: [] },
  obligations: [
    {
      rule: 'test.obligations.x',
      purpose: null,
      legal_basis: null,
      data_categories: [],
      retention: null,
      record: 'masked',
    },
  ],
};

/** Decisions, each wrong in one way: any field gone, one too many anywhere, any value of another type. */
export const malformed: JsonObject = {
  ...Object.fromEntries(variants(full)),
  'a text': 'secret',
  'a number': 7,
  true: true,
  null: null,
  nothing: {},
  'a list of decisions': [allow],
  'an effect of its own': { ...full, effect: 'secret' },
  'approval by nobody': { ...full, effect: 'require-approval' },
  'a refusal without a rule': { ...allow, effect: 'deny', rules: [], reasons: [] },
};

function* variants(root: JsonObject): Generator<[string, Json]> {
  for (const [path, node] of walk(root, [])) {
    if (path.length > 0 && !path.includes('options'))
      yield [`another type at ${path.join('.')}`, replace(root, path, 0.5)];
    if (!isObject(node) || path.at(-1) === 'options') continue;
    yield [`one too many at ${path.join('.') || 'the top'}`, replace(root, path, { ...node, secret: true })];
    for (const key of Object.keys(node)) {
      const { [key]: _, ...rest } = node;
      yield [`without ${[...path, key].join('.')}`, replace(root, path, rest)];
    }
  }
}

function* walk(node: Json, path: string[]): Generator<[string[], Json]> {
  yield [path, node];
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) yield* walk(value, [...path, key]);
}

function replace(node: Json, [key, ...rest]: string[], value: Json): Json {
  if (key === undefined) return value;
  if (Array.isArray(node))
    return node.map((item, index) => (String(index) === key ? replace(item, rest, value) : item));
  return isObject(node) ? { ...node, [key]: replace(node[key] ?? null, rest, value) } : value;
}
