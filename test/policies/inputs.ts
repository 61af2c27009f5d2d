import fc from 'fast-check';
import type { JsonObject } from '../../engine/json/types.ts';
import type { Catalogue, PolicyInput } from '../../engine/policy/types.ts';

const groups = ['support', 'medical', 'subject-rights', 'privacy-officer', 'hr', 'group:privacy-officer'];
const name = fc.oneof(fc.constantFrom('u-1', 'o-1', 'o-2', '', '__proto__'), fc.string({ maxLength: 8 }));
const text = fc.option(fc.string({ maxLength: 8 }), { nil: null });
const object: fc.Arbitrary<JsonObject> = fc
  .dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }))
  .map((value) => JSON.parse(JSON.stringify(value)));
const member = fc.subarray(groups);
/** More often than not what the packs look for. */
const usual = <T>(arbitrary: fc.Arbitrary<T>, ...known: T[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary });
const when = '2026-11-22T16:39:00.000Z';

/** Any message the contract allows, more often than not about something the catalogue and the packs know. */
export function policyInput(catalogue: Catalogue): fc.Arbitrary<PolicyInput> {
  const places = Object.entries(catalogue).flatMap(([server, tools]) =>
    Object.keys(tools).map((tool): [string, string] => [server, tool]),
  );
  const place = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...places) },
    { weight: 1, arbitrary: fc.tuple(name, name) },
  );
  const methods = [
    ...['tools/call', 'tools/list', 'ping', 'initialize', 'resources/read', 'tasks/get', 'subscriptions/listen'],
    ...['sampling/createMessage', 'elicitation/create', 'roots/list', 'notifications/progress'],
  ];
  return place.chain(([server, tool]) =>
    fc.record({
      contract: fc.constant(1 as const),
      now: fc.constant(when),
      server: fc.record({
        name: fc.constant(server),
        labels: usual(fc.dictionary(fc.string({ maxLength: 4 }), fc.string({ maxLength: 4 })), { region: 'eu' }),
      }),
      call: fc.record(
        {
          id: name,
          method: fc.oneof(
            { weight: 4, arbitrary: fc.constant('tools/call') },
            { weight: 2, arbitrary: fc.constantFrom(...methods) },
            { weight: 1, arbitrary: fc.string() },
          ),
          direction: fc.constantFrom('to-server' as const, 'to-server' as const, 'to-client' as const),
          listing: fc.boolean(),
          tool: fc.oneof({ weight: 8, arbitrary: fc.constant(tool) }, { weight: 1, arbitrary: name }),
          prompt: name,
          uri: name,
          arguments: usual(object, { query: 'a', partner: 'repairs-eu' }, { partner: 'nobody' }),
          hash: name,
        },
        { requiredKeys: ['id', 'method', 'direction', 'listing'] },
      ),
      tool: fc.option(
        fc.record({ declared: object, fingerprint: name, pinned: fc.constantFrom('yes', 'new', 'changed') }),
        { nil: null },
      ),
      identity: fc.record({
        kind: fc.constantFrom('human', 'workload', 'agent', 'human-via-agent', 'anonymous'),
        id: name,
        tenant: name,
        groups: fc.oneof(member, fc.array(name, { maxLength: 3 })),
        roles: fc.array(name, { maxLength: 2 }),
        scopes: fc.array(name, { maxLength: 2 }),
        client: text,
        actor: fc.option(fc.oneof(object, fc.constantFrom({ id: 'o-1' }, { sub: 'o-1' })), { nil: null }),
        claims: usual(object, { ctry: 'DE' }),
      }),
      client: fc.record({ name: text, version: text, protocol_version: text, address: text }),
      session: fc.record({ id: text }),
      subjects: fc.record({ restricted: fc.boolean() }),
      purpose: usual(text, null, 'employment', 'essential.service', 'train_ai_system'),
      approval: fc.option(
        fc.record({
          id: name,
          at: fc.constant(when),
          approved_by: fc.array(fc.record({ id: name, at: fc.constant(when), memberships: member }), { maxLength: 3 }),
        }),
        { nil: null },
      ),
      result: fc.option(
        fc.record({
          is_error: fc.boolean(),
          bytes: fc.nat(),
          mime_types: fc.array(name, { maxLength: 2 }),
          facts: object,
        }),
        { nil: null },
      ),
      gateway: fc.record({ name, environment: name }),
    }),
  );
}
