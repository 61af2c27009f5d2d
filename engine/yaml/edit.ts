import { isDeepStrictEqual } from 'node:util';
import type { ErrorCode } from '../errors.ts';
import { isObject, type Json, type JsonObject } from '../json/types.ts';
import { readYaml } from './read.ts';
import { type YamlChild, type YamlNode, yamlTree } from './tree.ts';
import { afterDash, afterKey, flowValue, member, writeYaml } from './write.ts';

/** A stretch of a text and what comes in its place. */
interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * The text changed as little as it takes to say `wanted`: what stays equal stays as it is written, comments and order of
 * keys with it; new keys come last. The text must be a mapping.
 *
 * Throws SourceError with `code` where the text cannot be read.
 */
export function editYaml(text: string, file: string, wanted: JsonObject, code: ErrorCode): string {
  const { value } = readYaml(text, file, code);
  if (isDeepStrictEqual(plain(value), plain(wanted))) return text;
  const root = yamlTree(text);
  // Comments in odd places may defeat a fine edit. What it says is read again, and a coarser one made where it is wrong.
  for (const depth of [Number.POSITIVE_INFINITY, 1]) {
    const edited = apply(text, new Editor(text, depth).edits(root, value, wanted));
    if (says(edited, file, wanted, code)) return edited;
  }
  return writeYaml(wanted);
}

function says(text: string, file: string, wanted: Json, code: ErrorCode): boolean {
  try {
    return isDeepStrictEqual(plain(readYaml(text, file, code).value), plain(wanted));
  } catch {
    return false;
  }
}

/** Objects read from a file have no prototype, others may. */
function plain(value: Json): Json {
  return JSON.parse(JSON.stringify(value));
}

function apply(text: string, edits: readonly Edit[]): string {
  let edited = text;
  // From the last to the first, so that offsets stay right. Of two at one place the inner one was found first.
  for (const { start, end, text: instead } of edits.toReversed().sort((a, b) => b.start - a.start || b.end - a.end)) {
    edited = edited.slice(0, start) + instead + edited.slice(end);
  }
  return edited;
}

class Editor {
  readonly #text: string;
  /** Levels below the root within which values are edited; deeper ones are written anew. */
  readonly #depth: number;

  constructor(text: string, depth: number) {
    this.#text = text;
    this.#depth = depth;
  }

  edits(node: YamlNode, value: Json, wanted: Json, depth = 0): Edit[] {
    const { kind, flow, children } = node;
    if (depth < this.#depth) {
      if (kind === 'mapping' && isObject(value) && isObject(wanted)) {
        const fixed = Object.keys(value).length === Object.keys(wanted).length;
        const kept = children.filter(({ key = '' }) => Object.hasOwn(wanted, key));
        if (kept.length === children.length && fixed) return this.#each(children, value, wanted, depth);
        if (!flow && kept.length > 0 && (kept[0] === children[0] || depth === 0))
          return this.#members(node, value, wanted, depth);
      }
      if (kind === 'sequence' && Array.isArray(value) && Array.isArray(wanted)) {
        if (value.length === wanted.length) return this.#each(children, value, wanted, depth);
        if (!flow && wanted.length > 0) return this.#items(node, value, wanted, depth);
      }
    }
    return [];
  }

  #each(
    children: readonly YamlChild[],
    value: Json[] | JsonObject,
    wanted: Json[] | JsonObject,
    depth: number,
  ): Edit[] {
    return children.flatMap((child, index) => {
      const [is, shall] = [at(value, child.key ?? index), at(wanted, child.key ?? index)];
      if (shall === undefined || is === undefined || isDeepStrictEqual(plain(is), plain(shall))) return [];
      const inner = this.edits(child.node, is, shall, depth + 1);
      return inner.length > 0 ? inner : [this.#replace(child, shall)];
    });
  }

  #members({ children }: YamlNode, value: JsonObject, wanted: JsonObject, depth: number): Edit[] {
    const kept = children.filter(({ key = '' }) => Object.hasOwn(wanted, key));
    const gone = children.filter(({ key = '' }) => !Object.hasOwn(wanted, key));
    const indent = this.#column(children[0]?.start ?? 0);
    const added = Object.entries(wanted).filter(([key]) => !Object.hasOwn(value, key));
    const lines = added.map(([key, item]) => `\n${' '.repeat(indent)}${member(key, item, indent)}`).join('');
    return [
      ...this.#each(kept, value, wanted, depth),
      ...gone.map((child) => this.#remove(child)),
      ...this.#append(kept, lines),
    ];
  }

  #items({ children }: YamlNode, value: Json[], wanted: Json[], depth: number): Edit[] {
    const indent = this.#column(children[0]?.start ?? 0);
    const added = wanted.slice(children.length);
    const lines = added.map((item) => `\n${' '.repeat(indent)}-${afterDash(item, indent)}`).join('');
    return [
      ...this.#each(children.slice(0, wanted.length), value, wanted, depth),
      ...children.slice(wanted.length).map((child) => this.#remove(child)),
      ...this.#append(children, lines),
    ];
  }

  #append(children: readonly YamlChild[], lines: string): Edit[] {
    const last = children.at(-1);
    if (lines === '' || last === undefined) return [];
    // Below the rest of the last line, which may be a comment.
    const end = this.#lineEnd(last.node.end);
    return [{ start: end, end, text: lines }];
  }

  #replace({ key, start, behind, node }: YamlChild, wanted: Json): Edit {
    const inFlow = key === undefined ? this.#text.charAt(start) !== '-' || start === behind : this.#isInFlow(start);
    if (inFlow)
      return { start: node.start, end: node.end, text: `${node.start === behind ? ' ' : ''}${flowValue(wanted)}` };
    const indent = this.#column(start);
    const text = key === undefined ? afterDash(wanted, indent) : afterKey(wanted, indent);
    return { start: behind, end: Math.max(node.end, behind), text };
  }

  /** Whole lines, with what else stands on the last; the line end before them, for something may follow behind them. */
  #remove({ start, node }: YamlChild): Edit {
    return { start: this.#text.lastIndexOf('\n', start - 1), end: this.#lineEnd(node.end), text: '' };
  }

  #lineEnd(offset: number): number {
    const end = this.#text.indexOf('\n', offset);
    return end < 0 ? this.#text.length : end;
  }

  #column(offset: number): number {
    return offset - (this.#text.lastIndexOf('\n', offset - 1) + 1);
  }

  /** A key of a block mapping has nothing before it on its line but spaces and dashes. */
  #isInFlow(start: number): boolean {
    return !/^[ -]*$/.test(this.#text.slice(start - this.#column(start), start));
  }
}

function at(holder: Json[] | JsonObject, key: string | number): Json | undefined {
  if (Array.isArray(holder)) return holder[Number(key)];
  return Object.hasOwn(holder, key) ? holder[key] : undefined;
}
