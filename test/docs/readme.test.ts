import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'README.md'), 'utf8');
const commands = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'));
/** CI runs these themselves: they install, or run this very test. */
const ofCi = ['npm ci', 'npm start', 'npm start -- --once', 'npm run check', 'npm test'];
const writ = commands.filter((command) => !ofCi.includes(command));

interface Ended {
  code: number;
  output: string;
}

function run(command: string, cwd: string): Promise<Ended> {
  const prefix = 'npm run writ -- ';
  assert.ok(command.startsWith(prefix), `the README says \`${command}\`, which nothing here knows to run`);
  const args = ['--import', 'tsx', join(root, 'cli/main.ts'), ...command.slice(prefix.length).split(' ')];
  return new Promise((resolve) => {
    const env = { ...process.env, NODE_PATH: join(root, 'node_modules') };
    // --import is resolved from the working folder, which has no packages here.
    args[1] = import.meta.resolve('tsx');
    execFile(process.execPath, args, { cwd, env, timeout: 300_000 }, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
      resolve({ code, output: stdout + stderr });
    });
  });
}

describe('the README', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'writ-readme-'));
    for (const name of ['policies', 'fixtures']) cpSync(join(root, name), join(folder, name), { recursive: true });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('names the commands that CI runs', () => {
    for (const command of ofCi) assert.ok(commands.includes(command), command);
  });

  for (const command of writ) {
    test(`\`${command}\` does what it says`, async () => {
      const { code, output } = await run(command, folder);
      assert.equal(code, 0, output);
    });
  }

  test('a rule taken out makes `writ test` name what no longer holds', async () => {
    const file = join(folder, 'policies/gdpr/reading.rego');
    const source = readFileSync(file, 'utf8');
    const without = source.replace(/# METADATA\n(?:#.*\n)+mask_fields\["contact"\][\s\S]*?\n\}\n/, '');
    assert.notEqual(without, source);
    writeFileSync(file, without);
    const { code, output } = await run('npm run writ -- test policies --fixtures fixtures', folder);
    writeFileSync(file, source);
    assert.equal(code, 1, output);
    assert.match(output, /fixtures\/crm\/support-reads-a-customer\.yaml/);
  });

  test('its links lead somewhere', () => {
    for (const [, target = ''] of page.matchAll(/\]\(((?!https?:)[^)#]+)\)/g))
      assert.doesNotThrow(() => readFileSync(join(root, target)), `${target} is not there`);
  });
});
