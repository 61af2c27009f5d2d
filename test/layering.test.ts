import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Which folders the code of a folder may import. */
const allowed: Record<string, string[]> = {
  engine: ['engine', 'policies'],
  proxy: ['engine', 'proxy'],
  fixtures: ['engine', 'fixtures'],
  cli: ['engine', 'proxy', 'fixtures', 'cli'],
};

/** What would make a result depend on anything but the arguments. */
const impure =
  /^node:(fs|fs\/promises|net|http|https|http2|tls|dns|dgram|child_process|cluster|os|worker_threads|timers|timers\/promises|process)$/;

function importsOf(file: string): string[] {
  const source = readFileSync(`${root}/${file}`, 'utf8');
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
}

describe('layering', () => {
  for (const [folder, may] of Object.entries(allowed)) {
    test(`${folder}/ imports only ${may.join(', ')}`, () => {
      const files = globSync(`${folder}/**/*.ts`, { cwd: root });
      assert.notEqual(files.length, 0);
      const wrong = files.flatMap((file) =>
        importsOf(file)
          .filter((target) => target.startsWith('.'))
          .map((target) => posix.join(dirname(file), target))
          .filter((target) => !may.includes(target.split('/')[0] ?? ''))
          .map((target) => `${file} imports ${target}`),
      );
      assert.deepEqual(wrong, []);
    });
  }

  test('engine/ but for engine/opa reaches no file, socket, clock, process or randomness', () => {
    const files = globSync('engine/**/*.ts', { cwd: root }).filter((file) => !file.startsWith('engine/opa/'));
    const wrong = files.flatMap((file) => {
      const source = readFileSync(`${root}/${file}`, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      const words = source.match(
        /\b(Date\.now|new Date\(\)|Math\.random|process\.(env|hrtime|cwd)|performance\.now|random(Bytes|UUID|FillSync)|setTimeout|fetch)\b/g,
      );
      return [...importsOf(file).filter((target) => impure.test(target)), ...(words ?? [])].map(
        (what) => `${file}: ${what}`,
      );
    });
    assert.deepEqual(wrong, []);
  });
});
