/** Packs Writ, installs the tarball in an empty folder beside node@26, and runs it with neither Go nor tsx on the PATH. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'writ-package-'));
const systemPath = (process.env.PATH ?? '').split(delimiter).filter((path) => !path.includes('node_modules'));

function run(command: string, args: string[], cwd: string, path: string[]): void {
  process.stdout.write(`$ ${command} ${args.join(' ')}\n`);
  const { status } = spawnSync(command, args, {
    cwd,
    stdio: 'inherit',
    env: { HOME: process.env.HOME, PATH: path.join(delimiter) },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}

try {
  run('npm', ['pack', '--pack-destination', folder], root, [join(root, 'node_modules/.bin'), ...systemPath]);
  const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no tarball');
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  run('npm', ['install', '--no-audit', '--no-fund', `./${tarball}`, 'node@26'], folder, systemPath);

  const bin = join(folder, 'node_modules/.bin');
  const bare = [bin, '/usr/bin', '/bin'];
  for (const tool of ['go', 'tsx']) {
    if (bare.some((path) => existsSync(join(path, tool)))) throw new Error(`${tool} is on the PATH of this test`);
  }
  run(join(bin, 'writ'), ['--version'], folder, bare);
  const policies = join(dirname(bin), 'writ/policies');
  run(join(bin, 'writ'), ['build', policies, '--output', 'bundle.tar.gz'], folder, bare);
  run(join(bin, 'writ'), ['demo', '--once', '--data', 'demo'], folder, bare);
  run(join(bin, 'writ'), ['audit', 'verify', 'demo/audit', '--key', 'demo/audit/log.vkey'], folder, bare);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
