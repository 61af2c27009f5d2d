import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { compiled } from '../support/compiled.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import type { HttpAnswer } from '../support/http.ts';
import type { Options } from '../support/surroundings.ts';
import { readIn } from './judge.ts';
import { harmless, marked } from './marked.ts';

export const strategies = ['partial', 'hash', 'pseudonym', 'tokenise'] as const;

/** A gateway before a server that a test plays, once for each way to mask. */
export async function openLeaks(more: Options = {}): Promise<TestGateway> {
  const bundle = await compiled(fileURLToPath(new URL('packs', import.meta.url)));
  return openGateway({ bundle, packs: ['leaks', ...strategies, 'paths'], ...more });
}

/** What the client got says nothing of the values; `harmless` arrived, where it should. */
export function keeps(
  { wire }: Pick<HttpAnswer, 'wire'>,
  values: readonly string[] = Object.values(marked),
  arrives = true,
): void {
  assert.deepEqual(readIn(wire, values), [], wire.slice(-1500));
  if (arrives) assert.ok(wire.includes(harmless), `what is harmless did not arrive: ${wire.slice(-1500)}`);
}
