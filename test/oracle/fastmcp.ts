import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Drive } from '../support/drive.ts';
import { record, root, subjects } from '../support/record-session.ts';

// fastmcp is another implementation of the protocol, in Python: what it is served through the recorder, and what is
// recorded of it, must be what the kept fixtures have.
const run = promisify(execFile);
const session = fileURLToPath(new URL('./fastmcp_session.py', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'writ-fastmcp-'));
const python = join(folder, 'venv/bin/python');
after(() => rmSync(folder, { recursive: true, force: true }));
before(async () => {
  await run(process.env.PYTHON ?? 'python3.11', ['-m', 'venv', join(folder, 'venv')]);
  await run(python, ['-m', 'pip', 'install', '--quiet', 'fastmcp==4.2.3']);
});

const withFastmcp: Drive = async (reached, calls) => {
  await run(python, [session, JSON.stringify({ reached, calls })], { timeout: 120_000 });
};

for (const name of ['everything', 'filesystem', 'memory', 'crm'] as const) {
  test(`fastmcp records of ${name} what is kept`, async (t) => {
    const subject = await subjects[name]();
    t.after(() => subject.close());
    const kept = join(root, 'fixtures', subject.session.folder);
    const out = join(folder, name);
    cpSync(kept, out, { recursive: true });
    await record(subject, out, withFastmcp);
    // server-everything lists one tool more to clients that have roots, which fastmcp has not.
    const differing = name === 'everything' ? ['tools-list.yaml'] : [];
    assert.ok(existsSync(out));
    for (const file of readdirSync(out)) {
      if (differing.includes(file)) continue;
      assert.equal(readFileSync(join(out, file), 'utf8'), readFileSync(join(kept, file), 'utf8'), file);
    }
    assert.deepEqual(readdirSync(out).sort(), readdirSync(kept).sort());
  });
}
