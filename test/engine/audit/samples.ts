import type {
  Commitment,
  DecisionEntry,
  Entry,
  IntentEntry,
  KeyEntry,
  OutcomeEntry,
} from '../../../engine/audit/entry.ts';

export const origin = 'edge-1.example.com';
export const time = '2026-11-22T16:39:00.000Z';
export const digestOf = (digit: string): Commitment => `sha256:${digit.repeat(64)}`;

export function openEntry(key: Commitment, recovered = 0): Entry {
  return { v: 1, kind: 'open', time, origin, gateway: 'edge-1', build: 'writ 0.1.0', key, recovered };
}

export function keyEntry(key: Commitment, previous: Commitment, more: Partial<KeyEntry> = {}): KeyEntry {
  const kid = 'https://vault.example/keys/audit/0123456789abcdef0123456789abcdef';
  return { v: 1, kind: 'key', time, key, previous, kid, endorsed: true, ...more };
}

export function bundleEntry(digest: Commitment): Entry {
  return { v: 1, kind: 'bundle', time, digest, revision: 'main@4f2c1d7' };
}

export function decisionEntry(call: string, more: Partial<DecisionEntry> = {}): DecisionEntry {
  return {
    v: 1,
    kind: 'decision',
    time,
    call,
    tenant: 'default',
    subject: 'ab'.repeat(32),
    identity: 'human',
    server: 'crm',
    direction: 'to-server',
    method: 'tools/call',
    tool: 'customers.lookup',
    effect: 'allow',
    verdict: 'mask-fields',
    rules: ['gdpr.allow.support', 'gdpr.mask_fields.contact'],
    masks: [{ rule: 'gdpr.mask_fields.contact', strategy: 'partial', category: 'user.contact.email' }],
    obligations: ['gdpr.obligations.service'],
    error: null,
    bundle: digestOf('b'),
    fuel: 7_400,
    unanswered: [],
    pending: null,
    commitments: { input: digestOf('1'), arguments: digestOf('2'), claims: digestOf('3'), reasons: null },
    ...more,
  };
}

export function intentEntry(call: string, more: Partial<IntentEntry> = {}): IntentEntry {
  return { v: 1, kind: 'intent', time, call, commitments: { arguments: digestOf('2') }, ...more };
}

export function outcomeEntry(call: string, more: Partial<OutcomeEntry> = {}): OutcomeEntry {
  return {
    v: 1,
    kind: 'outcome',
    time,
    call,
    status: 'completed',
    error: null,
    frames: 1,
    withheld: 0,
    rules: [],
    masked: [{ rule: 'gdpr.mask_fields.contact', strategy: 'partial', category: 'user.contact.email', count: 3 }],
    commitments: { received: digestOf('4'), sent: digestOf('5') },
    ...more,
  };
}

export const refusalsEntry: Entry = {
  v: 1,
  kind: 'refusals',
  time,
  since: '2026-11-22T16:38:00.000Z',
  counts: { WRIT_TOKEN_MISSING: 12, WRIT_HOST_REFUSED: 3 },
};

export const closeEntry: Entry = { v: 1, kind: 'close', time, reason: 'SIGTERM' };

/** One of every kind, as the golden files freeze them. */
export const everyKind: Record<Entry['kind'], Entry> = {
  open: openEntry(digestOf('a')),
  key: keyEntry(digestOf('c'), digestOf('a')),
  bundle: bundleEntry(digestOf('b')),
  decision: decisionEntry('01979a6e-5f0c-7cc3-98c4-dc0c0c07398f'),
  intent: intentEntry('01979a6e-5f0c-7cc3-98c4-dc0c0c07398f'),
  outcome: outcomeEntry('01979a6e-5f0c-7cc3-98c4-dc0c0c07398f'),
  refusals: refusalsEntry,
  close: closeEntry,
};
