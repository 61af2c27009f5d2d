import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toCodePoints } from '../../../engine/detect/spans.ts';
import type { Found } from '../../../engine/detect/types.ts';

test('places are counted in code points, whatever stands before, within and behind', () => {
  const texts = ['ab cd', '😀ab 😀cd😀', '\ud800ab\udc00 cd', 'é\u0301 ab cd 👩‍👩‍👧', '\udc00\ud800ab cd'];
  for (const text of texts) {
    const found = ['ab', 'cd'].map((word): Found => {
      const start = text.indexOf(word);
      return { start, end: start + 2, type: 'PERSON', detector: 'test', confidence: 1 };
    });
    const points = [...text];
    for (const [index, { start, end }] of toCodePoints(text, found).entries()) {
      assert.equal(points.slice(start, end).join(''), ['ab', 'cd'][index], text);
    }
  }
  const [whole] = toCodePoints('😀😀', [{ start: 0, end: 4, type: 'SECRET', detector: 'test', confidence: 1 }]);
  assert.deepEqual(whole, { start: 0, end: 2, type: 'SECRET' });
});
