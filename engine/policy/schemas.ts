import { Ajv, type SchemaObject, type ValidateFunction } from 'ajv';
import catalogueSchema from '../../policies/schema/catalogue.json' with { type: 'json' };
import decisionSchema from '../../policies/schema/decision.json' with { type: 'json' };
import inputSchema from '../../policies/schema/input.json' with { type: 'json' };
import type { JsonObject } from '../json/types.ts';
import type { BuildData, Catalogue, Decision } from './types.ts';

// The schemas are shared with `opa check --schema`, which has no use for ajv's stricter reading of them.
const ajv = new Ajv({ strict: true, strictTypes: false, allowUnionTypes: true });

const strings = { type: 'array', items: { type: 'string' } };
const packs = { type: 'object', additionalProperties: strings };

const buildSchema: SchemaObject = {
  type: 'object',
  required: ['contract', 'packs', 'result_packs', 'reads', 'rules', 'inputs', 'arguments', 'tools'],
  properties: {
    contract: { const: 1 },
    packs,
    result_packs: packs,
    reads: { type: 'object', additionalProperties: { enum: ['arguments', 'result', 'to-client'] } },
    rules: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['title', 'at'],
        properties: { title: { type: ['string', 'null'] }, at: { type: 'string' } },
      },
    },
    inputs: strings,
    arguments: packs,
    tools: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          required: ['categories', 'fields'],
          properties: { categories: strings, fields: { type: 'object' } },
        },
      },
    },
  },
};

/** What passes is also plain JSON. */
export const isPolicyInput: ValidateFunction<JsonObject> = ajv.compile(inputSchema);
export const isDecision: ValidateFunction<Decision> = ajv.compile(decisionSchema);
export const isCatalogue: ValidateFunction<Catalogue> = ajv.compile(catalogueSchema);
export const isBuildData: ValidateFunction<BuildData> = ajv.compile(buildSchema);

/** Where the last value failed, as a place in the schema: a place in the value could spell out a key somebody chose. */
export function mismatch(validate: ValidateFunction): string {
  return `It fails ${validate.errors?.[0]?.schemaPath ?? 'its schema'}.`;
}
