import type { Json } from '../../engine/json/types.ts';
import { shownJson } from '../../engine/tools/unseen.ts';
import type { Looked } from './look.ts';

/** All that is known of the tools, as JSON in which nothing unseen stands raw. */
export function jsonOf({ tools, failed }: Looked): string {
  const value: unknown = {
    tools: tools.map(({ pinned, strangers, ...tool }) => ({
      ...tool,
      pinned: pinned.map(({ text: _, ...each }) => each),
      strangers: strangers.map(({ text: _, changes, ...each }) => ({
        ...each,
        changes: changes.map(({ before = null, after = null, ...change }) => ({ ...change, before, after })),
      })),
    })),
    failed: failed.map(({ server, error }) => ({ server, code: error.code, message: error.message })),
  };
  return `${shownJson(value as Json, 2)}\n`;
}
