import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { errorKinds } from '../../engine/errors.ts';

const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

test('docs/errors.md has exactly one line for each code, with its status, error code and way out', () => {
  const lines = [...page.matchAll(/^\| `(WRIT_[A-Z_]+)` \| (.*) \| (.*) \| (.*) \|$/gm)].map((match) =>
    match.slice(1, 5),
  );
  const expected = Object.entries(errorKinds).map(([code, kind]) => [
    code,
    kind.status === undefined ? 'command line' : `${kind.status}, ${kind.rpc}`,
    kind.title,
    kind.remedy.replaceAll('|', '\\|'),
  ]);
  assert.deepEqual(lines, expected);
});
