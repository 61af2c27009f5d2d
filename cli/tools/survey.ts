import { parse } from '../../engine/json/parse.ts';
import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import { diffTools, type ToolChange } from '../../engine/tools/diff.ts';
import { fingerprint, promiseOf } from '../../engine/tools/fingerprint.ts';
import { unseenIn } from '../../engine/tools/unseen.ts';
import { compileArguments } from '../../engine/tools/validate-arguments.ts';
import type { ToolPinRow, ToolSightingRow } from '../../proxy/store/tables.ts';

/** `gone` is pinned and no longer offered; the others are what policy is told. */
export type ToolState = 'yes' | 'new' | 'changed' | 'gone';

/** One declaration of a tool. */
export interface Declared {
  fingerprint: string;
  declaration: JsonObject;
  /** RFC 8785 of it. */
  text: string;
}

/** A declaration that nobody pinned, and how it differs from what is pinned. */
export interface Stranger extends Declared {
  /** `offered` to this command, or `seen` by a gateway at this time. */
  source: 'offered' | 'seen';
  seen_at: string | null;
  changes: ToolChange[];
  /** What is in it that a person would not see. */
  unseen: string[];
}

export interface SurveyedTool {
  server: string;
  tool: string;
  state: ToolState;
  pinned: (Declared & { pinned_at: string; pinned_by: string })[];
  strangers: Stranger[];
  /** Why its arguments cannot be checked; null where they can. */
  schema_fault: string | null;
}

/** Declarations in the items of a list of tools; what is no tool is left out, as the gateway leaves it. */
export function declaredIn(items: readonly Json[]): Map<string, Declared[]> {
  const found = new Map<string, Declared[]>();
  for (const item of items) {
    if (!isObject(item) || typeof item.name !== 'string') continue;
    const made = fingerprint(item);
    const known = found.get(item.name) ?? [];
    if (!known.some((each) => each.fingerprint === made.fingerprint))
      known.push({ ...made, declaration: promiseOf(item) });
    found.set(item.name, known);
  }
  return found;
}

/**
 * Each tool of one server, by name: what is pinned, and what is not. `offered` is undefined where the server was not
 * asked; what gateways were shown then has to do.
 */
export function survey(
  server: string,
  offered: ReadonlyMap<string, Declared[]> | undefined,
  pins: readonly ToolPinRow[],
  sightings: readonly ToolSightingRow[],
): SurveyedTool[] {
  const names = new Set([
    ...(offered?.keys() ?? []),
    ...pins.map(({ name }) => name),
    ...sightings.map(({ name }) => name),
  ]);
  return [...names].sort().map((tool) => {
    const pinned = pins
      .filter(({ name }) => name === tool)
      .map(({ pinned_at, pinned_by, ...row }) => ({ ...read(row), pinned_at, pinned_by }));
    const base = pinned[0]?.declaration;
    const held = new Set(pinned.map((pin) => pin.fingerprint));
    const strange = new Map<string, Stranger>();
    const add = (declared: Declared, source: Stranger['source'], seen_at: string | null) => {
      if (held.has(declared.fingerprint) || strange.has(declared.fingerprint)) return;
      const changes = base === undefined ? [] : diffTools(base, declared.declaration);
      strange.set(declared.fingerprint, {
        ...declared,
        source,
        seen_at,
        changes,
        unseen: unseenIn(declared.declaration),
      });
    };
    for (const declared of offered?.get(tool) ?? []) add(declared, 'offered', null);
    for (const row of sightings) if (row.name === tool) add(read(row), 'seen', row.last_seen_at);
    const strangers = [...strange.values()];
    const current = offered?.get(tool)?.[0] ?? strangers[0] ?? pinned[0];
    const check = compileArguments(current?.declaration.inputSchema)({});
    return {
      server,
      tool,
      state: stateOf(pinned.length, strangers.length, offered !== undefined && !offered.has(tool)),
      pinned,
      strangers,
      schema_fault: check.kind === 'unusable' ? check.why : null,
    };
  });
}

function stateOf(pinned: number, strangers: number, isGone: boolean): ToolState {
  if (pinned === 0) return strangers > 1 ? 'changed' : 'new';
  if (strangers > 0) return 'changed';
  return isGone ? 'gone' : 'yes';
}

function read({ fingerprint: of, declaration: text }: Pick<ToolPinRow, 'fingerprint' | 'declaration'>): Declared {
  const { value } = parse(Buffer.from(text), { direction: 'to-client' });
  return { fingerprint: of, declaration: isObject(value) ? value : {}, text };
}
