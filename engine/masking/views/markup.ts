import { Draft, replaced, type View } from './view.ts';

/** HTML and XML without tags and comments, Markdown's links as what they show: what stands in the middle of a value goes. */
export function withoutMarkup(view: View): View | undefined {
  const { text } = view;
  const bare = text.includes('<') ? withoutTags(view) : undefined;
  const linked = (bare ?? view).text.includes('](')
    ? replaced(bare ?? view, links, ([, shown = '']) => shown, 'links')
    : undefined;
  const all = linked ?? bare ?? view;
  const plain = emphasis.test(all.text) ? replaced(all, everyEmphasis, () => '', 'emphasis') : undefined;
  return plain ?? linked ?? bare;
}

function withoutTags(view: View): View | undefined {
  const { text } = view;
  const draft = new Draft(view);
  const ends = new Ends(text);
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', Math.max(at + 1, draft.read))) {
    const end = endOfTag(text, at, ends);
    if (end === undefined) continue;
    draft.keep(at);
    // Tables, paragraphs and breaks part what they stand between.
    block.lastIndex = at;
    draft.put(block.test(text) ? '\n' : '', end);
  }
  return draft.done('tags');
}

/** Far more than a tag or a comment is; what begins so and is longer is other text. */
const TAG = 16_384;

/** Where the next of what ends tags is: none is looked for twice in the same stretch. */
class Ends {
  readonly #text: string;
  readonly #next = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  after(at: number, close: string): number {
    const known = this.#next.get(close);
    if (known !== undefined && (known >= at || known < 0)) return known;
    const next = this.#text.indexOf(close, at);
    this.#next.set(close, next);
    return next;
  }
}

const block = /<\/?(?:p|br|hr|div|t[dhr]|li|ul|ol|h[1-6]|table|section|article)\b/iy;

function endOfTag(text: string, at: number, ends: Ends): number | undefined {
  const [open, close] = text.startsWith('<!--', at)
    ? [4, '-->']
    : text.startsWith('<![CDATA[', at)
      ? [9, '']
      : [1, '>'];
  if (close === '') return at + open;
  if (close === '>' && !/[a-z/!?]/i.test(text[at + 1] ?? '')) return undefined;
  const end = ends.after(at + open, close);
  if (end < 0 || end - at > TAG) return undefined;
  // An address in brackets is no tag: `<ana@example.com>`.
  return /^<[^\s<>"'=]{0,256}@/.test(text.slice(at, Math.min(end, at + 260))) ? undefined : end + close.length;
}

const links = /!?\[([^[\]\n]{0,256})\]\([^()\n]{0,2048}\)/g;
/** Marks of emphasis within a word. */
const emphasis =
  /(?<=[\p{L}\p{N}@.+])(?:\*{1,3}|~~|`{1,3}|_{2,3}|\|\|)(?=[\p{L}\p{N}@.+])|[*~`_][@.][\p{L}\p{N}]|[\p{L}\p{N}@.]_(?=@)|@_/u;
const everyEmphasis =
  /(?<=[\p{L}\p{N}@.+*~`_])(?:\*{1,3}|~~|`{1,3}|_{2,3}|\|\|)(?=[\p{L}\p{N}@.+*~`_])|(?<=@)_{1,3}|_{1,3}(?=@)|[*~`](?=[@.][\p{L}\p{N}])|\]\]>/gu;

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [block, links, emphasis, everyEmphasis];
