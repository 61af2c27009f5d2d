import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remedyOf } from '../../../cli/formats/remedies.ts';

test('a strategy that is wrong is answered with where its options are', () => {
  assert.match(remedyOf('mask_strategy') ?? '', /docs\/masking\.md/);
  assert.equal(remedyOf('constructor'), null);
});
