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
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', Math.max(at + 1, draft.read))) {
    const end = endOfTag(text, at);
    if (end === undefined) continue;
    draft.keep(at);
    // Tables, paragraphs and breaks part what they stand between.
    block.lastIndex = at;
    draft.put(block.test(text) ? '\n' : '', end);
  }
  return draft.done('tags');
}

const TAG = 1024;
const block = /<\/?(?:p|br|hr|div|t[dhr]|li|ul|ol|h[1-6]|table|section|article)\b/iy;

function endOfTag(text: string, at: number): number | undefined {
  const [open, close] = text.startsWith('<!--', at)
    ? [4, '-->']
    : text.startsWith('<![CDATA[', at)
      ? [9, '']
      : [1, '>'];
  if (close === '') return at + open;
  if (close === '>' && !/[a-z/!?]/i.test(text[at + 1] ?? '')) return undefined;
  const end = text.slice(at + open, at + TAG).indexOf(close);
  if (end < 0) return undefined;
  // An address in brackets is no tag: `<ana@example.com>`.
  return /^<[^\s<>"'=]{0,256}@/.test(text.slice(at, at + open + end)) ? undefined : at + open + end + close.length;
}

const links = /!?\[([^[\]\n]{0,256})\]\([^()\n]{0,512}\)/g;
/** Marks of emphasis within a word. */
const emphasis =
  /(?<=[\p{L}\p{N}@.+])(?:\*{1,3}|~~|`{1,3}|_{2,3}|\|\|)(?=[\p{L}\p{N}@.+])|[*~`_][@.][\p{L}\p{N}]|[\p{L}\p{N}@.]_(?=@)|@_/u;
const everyEmphasis =
  /(?<=[\p{L}\p{N}@.+*~`_])(?:\*{1,3}|~~|`{1,3}|_{2,3}|\|\|)(?=[\p{L}\p{N}@.+*~`_])|(?<=@)_{1,3}|_{1,3}(?=@)|[*~`](?=[@.][\p{L}\p{N}])|\]\]>/gu;

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [block, links, emphasis, everyEmphasis];
