// Builds engine/opa/opa.wasm (OPA for Node) and copies Go's wasm_exec.js beside it, from a cache where it can.
// Plain JavaScript without dependencies, as `npm ci` calls it from `prepare`, also on a Node older than Writ runs on and
// with `--omit=dev`.
//
//   node scripts/build-opa.mjs             fails where it cannot build
//   node scripts/build-opa.mjs --prepare   where there is no Go to build with, says so and lets the install go on
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../engine/opa', import.meta.url));
const flags = ['build', '-v', '-trimpath', '-buildvcs=false', '-ldflags=-s -w'];
const say = (line) => process.stderr.write(`build-opa: ${line}\n`);

/** Runs Go in the module's folder, so that the toolchain its go.mod asks for answers. */
function go(...args) {
  return execFileSync('go', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

/** Everything the build depends on: Go's version, the flags, and the sources. Other folders hold commands of their own. */
function buildKey(goVersion) {
  const hash = createHash('sha256').update(`${goVersion}\n${flags.join(' ')}\n`);
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(readline[\\/])?[^\\/]+$/.test(name))
    .filter((name) => /(\.go|go\.mod|go\.sum)$/.test(name) && !name.endsWith('_test.go'))
    .sort();
  for (const name of sources)
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(folder, name)))
      .update('\0');
  return hash.digest('hex').slice(0, 32);
}

/** Go prints nothing of use while it compiles: with -v it names each package it is done with, and these are counted. */
function build(output) {
  const started = Date.now();
  const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`;
  return new Promise((resolve, reject) => {
    const child = spawn('go', [...flags, '-o', output, '.'], {
      cwd: folder,
      env: { ...process.env, GOOS: 'js', GOARCH: 'wasm', GOWORK: 'off' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let log = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      log += text;
    });
    const count = (pattern) => log.split('\n').filter((line) => pattern.test(line)).length;
    const timer = setInterval(() => {
      const fetched = count(/^go: downloading /);
      say(
        `  ${elapsed()}: ${fetched ? `${fetched} modules downloaded, ` : ''}${count(/^[\w./-]+$/)} packages compiled`,
      );
    }, 5000);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code === 0) return resolve(elapsed());
      const errors = log.split('\n').filter((line) => line && !/^[\w./-]+$|^go: downloading /.test(line));
      reject(new Error(`go build failed\n${errors.slice(-20).join('\n')}`));
    });
  });
}

/** A reader sees the old file or the new one, never half of either. */
function place(from, name) {
  const temporary = join(folder, `.${name}.${process.pid}`);
  copyFileSync(from, temporary);
  renameSync(temporary, join(folder, name));
}

async function main() {
  const goVersion = go('version');
  const key = buildKey(goVersion);
  const mark = `// ${key}\n`;
  const runtime = join(folder, 'wasm_exec.js');
  // wasm_exec.js is written last and begins with the key, so the key there stands for both files.
  if (existsSync(join(folder, 'opa.wasm')) && existsSync(runtime) && readFileSync(runtime, 'utf8').startsWith(mark)) {
    return say('engine/opa/opa.wasm is up to date');
  }

  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'writ', 'opa');
  const entry = join(cache, key);
  if (existsSync(entry)) {
    say(`taken from ${entry}`);
  } else {
    say(`building with ${goVersion.split(' ')[2]}; this takes one to five minutes, once`);
    const work = join(cache, `.${key}.${process.pid}`);
    mkdirSync(work, { recursive: true });
    try {
      const took = await build(join(work, 'opa.wasm'));
      const source = readFileSync(join(go('env', 'GOROOT'), 'lib', 'wasm', 'wasm_exec.js'), 'utf8');
      writeFileSync(join(work, 'wasm_exec.js'), mark + source);
      if (!existsSync(entry)) renameSync(work, entry);
      say(`built in ${took}, kept in ${entry}`);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
  place(join(entry, 'opa.wasm'), 'opa.wasm');
  place(join(entry, 'wasm_exec.js'), 'wasm_exec.js');
  say(`wrote ${relative(process.cwd(), join(folder, 'opa.wasm'))}`);
}

/** Go is not there, or older than go.mod asks for and not allowed to fetch a newer one. */
function lacksGo(error) {
  return error.code === 'ENOENT' || /requires go >= |toolchain not available/.test(String(error.stderr));
}

try {
  await main();
} catch (error) {
  if (!lacksGo(error)) {
    say(error.stderr ? `${error.message}\n${error.stderr}` : error.message);
    process.exit(1);
  }
  const built = existsSync(join(folder, 'opa.wasm'));
  const rule = '*'.repeat(78);
  const lines = [
    rule,
    built
      ? 'Go 1.26 or newer is not on the PATH: engine/opa/opa.wasm stays as it is, and may be older than its sources.'
      : 'Go 1.26 or newer is not on the PATH: OPA is not built.',
    'What works without it: the proxy, with a policy bundle built elsewhere.',
    ...(built ? [] : ['What does not: building, testing and checking policies, and the demo, which builds one.']),
    'The way out: install Go (https://go.dev/dl/) and run `npm run build:opa`,',
    'or set WRIT_OPA to an opa binary, which builds and tests; `writ check` and `writ build` need the former.',
    rule,
  ];
  for (const line of lines) say(line);
  process.exit(process.argv.includes('--prepare') ? 0 : 1);
}
