import { WritError } from '../errors.ts';
import { isObject, type Json, type JsonObject, type NumberTexts } from '../json/types.ts';
import { type Content, readContent, shownText, withheldText } from './content.ts';
import { isNumber, type Kinds, keepMembers, oneOf } from './known-members.ts';
import type { Masking, Shown } from './masking.ts';

/**
 * The result of resources/read. Texts that are a JSON object or array are masked, other text and blobs withheld: no
 * structuredContent vouches for them. `asked` is the URI the caller asked for; any other may be made of somebody's data,
 * and no path leads into it.
 */
export function maskResource(
  value: JsonObject,
  numbers: NumberTexts,
  masking: Masking,
  asked: string | undefined,
): Shown {
  const { contents } = value;
  if (!Array.isArray(contents)) throw new WritError('WRIT_MASK_FAILED', 'The result is not that of a resource.');
  // All are read before any is shown: each knows the values of all.
  const read = contents.map((item): [JsonObject, Content] => {
    if (!isObject(item) || typeof item.uri !== 'string')
      throw new WritError('WRIT_MASK_FAILED', 'A content of the resource has no URI.');
    return [item, readContent({ type: 'text', text: item.text ?? null }, undefined, masking)];
  });
  const items = read.map(([item, content]) =>
    shownContents(item, shownText(content, masking), item.uri === asked ? asked : undefined),
  );
  const document = keepMembers(value, about, numbers);
  const withheld = Object.keys(value).length - Object.keys(document).length - 1;
  // What was masked for one caller is nobody else's to cache.
  if (document.cacheScope !== undefined) document.cacheScope = 'private';
  return {
    value: Object.assign(document, { contents: items.map((item) => item.value) }),
    withheld: items.reduce((sum, item) => sum + item.withheld, withheld),
  };
}

const about: Kinds = new Map([
  ['resultType', oneOf('complete')],
  ['ttlMs', isNumber],
  ['cacheScope', oneOf('public', 'private')],
]);

/** Takes the place of a URI that is not shown. */
const withheldUri = 'withheld:by-policy';

function shownContents(item: JsonObject, text: string | undefined, known: string | undefined): Shown {
  const uri = known ?? withheldUri;
  if (text === undefined) {
    const what = typeof item.blob === 'string' ? 'blob' : 'text';
    return {
      value: { uri, mimeType: 'text/plain', text: withheldText(what) },
      withheld: known === undefined ? 2 : 1,
    };
  }
  const shown = keepMembers(item, form);
  const uncounted = known === undefined ? 1 : 2;
  return { value: { uri, ...shown, text }, withheld: Object.keys(item).length - Object.keys(shown).length - uncounted };
}

/** RFC 6838: a registered top-level name, which no address or name of a person begins with. */
const mimeType =
  /^(?:application|audio|font|image|message|model|multipart|text|video)\/[\w!#$&^.+-]{1,127}(?:; ?charset=[\w-]{1,40})?$/i;
const form: Kinds = new Map([['mimeType', (value: Json) => typeof value === 'string' && mimeType.test(value)]]);
