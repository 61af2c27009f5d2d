import { readFileSync } from 'node:fs';
import type { Builtin } from '../../engine/policy/builtins/term.ts';

/** Not in policies/capabilities.json: no bundle that `writ build` makes can call it. */
const name = 'coverage.decided';

/** OPA's capabilities with one builtin more, which is told every decision. */
export function tellingCapabilities(capabilities: string): string {
  const { builtins, ...rest } = JSON.parse(readFileSync(capabilities, 'utf8'));
  const decl = { type: 'function', args: [{ type: 'string' }], result: { type: 'boolean' } };
  return JSON.stringify({ ...rest, builtins: [...builtins, { name, decl }] });
}

/**
 * The Rego that makes the decisions, so changed that each one is told. A test asks for a decision somewhere within and
 * is itself only true, so what was decided cannot be seen from outside.
 */
export function tellingRego(text: string): string {
  if (!/^package writ(?:\.result)?$/m.test(text)) return text;
  return text.replace(
    /^decision := \{/m,
    `decision := told if {\n\ttold := silent_decision\n\t${name}(json.marshal(told))\n}\n\nsilent_decision := {`,
  );
}

/** The builtin itself. `hear` is given what policy decided, unchecked. */
export function listener(hear: (decision: unknown) => void): ReadonlyMap<string, Builtin> {
  const decided: Builtin = ([decision]) => {
    hear(JSON.parse(String(decision)));
    return true;
  };
  return new Map([[name, decided]]);
}
