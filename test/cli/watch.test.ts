import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { project, put } from './project.ts';
import { startWrit } from './run-writ.ts';

test('--watch runs again what a change affects, and ends with the code of the last result', async (t) => {
  const folder = project(t);
  const child = startWrit(['test', '--watch'], folder);
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  let heard = Promise.withResolvers<void>();
  child.stdout?.on('data', (chunk) => {
    said += chunk;
    heard.resolve();
    heard = Promise.withResolvers();
  });
  /** What was said from here to the next time it waits. */
  const next = async () => {
    while (!said.includes('Ctrl-C ends.')) await heard.promise;
    const report = said;
    said = '';
    return report;
  };
  assert.match(await next(), /^2 passed/, 'no screen is cleared where there is none');

  const fixture = readFileSync(join(folder, 'fixtures/staff.yaml'), 'utf8');
  put(folder, 'fixtures/staff.yaml', fixture.replace('effect: allow', 'effect: deny'));
  const broken = await next();
  assert.match(broken, /1 failed, 1 passed/);
  assert.match(broken, /1 ran again; nothing changed for the others/);

  put(folder, 'policies/notes/pack.rego', 'package policies.notes\n\nallow[');
  await next();
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  assert.equal(code, 1);
});
