import { type ErrorCode, errorKinds } from '../../engine/errors.ts';

/** Ways out of what OPA and fixtures name; findings of `writ check` say theirs themselves. */
const remedies: Readonly<Record<string, string>> = {
  WRIT_FIXTURE_INVALID: 'Correct the file at the place named; docs/fixtures.md shows every key.',
  mask_strategy: 'docs/masking.md has a table of the strategies, and one of their options and values.',
  rego_recursion_error: 'Put tests into `package test.<pack>`; inside the pack they would read themselves.',
  rego_type_error:
    'Names of input are those of policies/schema/input.json, builtins those of policies/capabilities.json.',
  rego_unsafe_var_error: 'Bind the variable with `some` or `:=` before `not`, a call or the head uses it.',
};

export function remedyOf(code: string): string | null {
  if (Object.hasOwn(remedies, code)) return remedies[code] ?? null;
  return isErrorCode(code) ? errorKinds[code].remedy : null;
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorKinds, code);
}
