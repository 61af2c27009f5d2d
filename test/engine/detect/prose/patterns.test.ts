import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { isSafePattern } from 'redos-detector';

const folder = new URL('../../../../engine/detect/prose/', import.meta.url);

describe('the patterns of the prose detectors', () => {
  const patterns = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => patternsOf(name).map((pattern) => ({ name, pattern })));

  it('are all found', () => {
    assert.ok(patterns.length > 20, `${patterns.length} patterns`);
  });

  for (const { name, pattern } of patterns) {
    it(`cannot backtrack without bound: ${name} ${pattern.slice(0, 60)}`, () => {
      const end = pattern.lastIndexOf('/');
      const result = isSafePattern(pattern.slice(1, end), { unicode: pattern.slice(end).includes('u'), maxScore: 300 });
      assert.equal(result.error, null);
      assert.ok(result.safe);
    });
  }
});

/** The regular expression literals of a file: they stand after an operator, a bracket or `return`. */
function patternsOf(name: string): string[] {
  const source = readFileSync(new URL(name, folder), 'utf8');
  const literal = /(?:[(=,:!&|?]\s{0,20}|return )(\/(?![*/])(?:\\.|\[(?:\\.|[^\]\n\\])*\]|[^/\n\\[])+\/[gimsuy]*)/g;
  return [...source.matchAll(literal)].flatMap(([, pattern]) => (pattern === undefined ? [] : [pattern]));
}
