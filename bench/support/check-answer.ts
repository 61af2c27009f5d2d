import { isDeepStrictEqual } from 'node:util';
import { hidden, result, secrets } from './workload.ts';

/** What the caller must be shown: the result as the server sent it, or with its three fields masked. */
export type Expected = 'plain' | 'masked';

interface Shown {
  id?: unknown;
  result?: { content?: { text?: string }[]; structuredContent?: unknown };
}

/** Says what is wrong with an answer, or null. */
export function inspect(body: Buffer, id: number, expected: Expected): string | null {
  const text = body.toString('utf8');
  const answer = JSON.parse(text) as Shown;
  if (answer.id !== id) return `an answer has the id ${JSON.stringify(answer.id)} instead of ${id}`;
  const copies = [answer.result?.structuredContent, JSON.parse(answer.result?.content?.[0]?.text ?? 'null')];
  const judge = expected === 'plain' ? plain : masked;
  if (!copies.every(judge)) return `an answer is not ${expected}: ${text.slice(0, 400)}`;
  if (expected === 'masked' && secrets.some((secret) => text.includes(secret))) return 'an answer shows what is hidden';
  return null;
}

function plain(copy: unknown): boolean {
  return isDeepStrictEqual(copy, result);
}

/** Each hidden field is there and says something else; all the rest is as it was. */
function masked(copy: unknown): boolean {
  const [shown] = (copy as typeof result | undefined)?.customers ?? [];
  if (shown === undefined) return false;
  const replaced = (['email', 'phone', 'note'] as const).every(
    (field) => typeof shown[field] === 'string' && shown[field] !== '' && shown[field] !== hidden[field],
  );
  return replaced && plain({ customers: [{ ...shown, ...hidden }] });
}
