import assert from 'node:assert/strict';
import { type ErrorCode, WritError } from '../../../engine/errors.ts';

/** Asserts that `work` throws a WritError with this code, and a detail that matches. */
export function refuses(work: () => unknown, code: ErrorCode, detail?: RegExp): void {
  assert.throws(work, (error) => {
    assert.ok(error instanceof WritError, String(error));
    assert.equal(error.code, code);
    if (detail !== undefined) assert.match(error.detail ?? '', detail);
    return true;
  });
}
