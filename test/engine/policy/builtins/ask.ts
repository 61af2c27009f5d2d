import assert from 'node:assert/strict';
import { WritError } from '../../../../engine/errors.ts';
import { identity } from '../../../../engine/policy/builtins/compare.ts';
import { builtins } from '../../../../engine/policy/builtins/index.ts';
import { NoAnswer } from '../../../../engine/policy/builtins/operands.ts';
import { readTerm } from '../../../../engine/policy/builtins/read-term.ts';
import { isArray, type Term } from '../../../../engine/policy/builtins/term.ts';
import { writeTerm } from '../../../../engine/policy/builtins/write-term.ts';
import { refuses } from '../refuses.ts';

/** What a builtin answers to arguments, as Rego writes them, with so much fuel; undefined where it has no answer. */
function ask(name: string, args: string, fuel = 1_000_000): Term | undefined {
  let left = fuel;
  const builtin = builtins.get(name);
  const read = readTerm(`[${args}]`);
  assert.ok(builtin !== undefined && isArray(read), name);
  try {
    return builtin(read, (units) => {
      left -= units;
      if (!(left >= 0)) throw new WritError('WRIT_POLICY_BUDGET');
    });
  } catch (cause) {
    if (cause instanceof NoAnswer) return undefined;
    throw cause;
  }
}

/** Asserts that a call answers this value of Rego; sets in any order. */
export function answers(name: string, args: string, wanted: string): void {
  const answer = ask(name, args);
  assert.ok(answer !== undefined, `${name}(${args}) has no answer`);
  const shown = writeTerm(answer);
  assert.equal(identity(readTerm(shown)), identity(readTerm(wanted)), `${name}(${args}) answers ${shown}`);
}

/** Asserts that a call is undefined, as it is in OPA where the builtin fails. */
export function isUndefined(name: string, args: string): void {
  assert.equal(ask(name, args), undefined, `${name}(${args})`);
}

/** Asserts that a call ends in the budget error, with the fuel of a decision. */
export function isTooMuch(name: string, args: string): void {
  refuses(() => ask(name, args), 'WRIT_POLICY_BUDGET');
}
