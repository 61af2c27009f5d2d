import { WritError } from '../errors.ts';
import { isObject, type JsonObject } from '../json/types.ts';
import { type Content, isRole, readContent, shownItem } from './content.ts';
import { type Kinds, keepMembers, oneOf } from './known-members.ts';
import type { Masking, Shown } from './masking.ts';

/**
 * The result of prompts/get. Texts that are a JSON object or array are masked, all others withheld: no structuredContent
 * vouches for them. The description is left out.
 */
export function maskPrompt(value: JsonObject, masking: Masking): Shown {
  const { messages } = value;
  if (!Array.isArray(messages)) throw new WritError('WRIT_MASK_FAILED', 'The result is not that of a prompt.');
  // All are read before any is shown: each knows the values of all.
  const read = messages.map((message): [JsonObject, Content] => {
    if (!isObject(message) || !isRole(message.role ?? null))
      throw new WritError('WRIT_MASK_FAILED', 'A message of the prompt has no role.');
    return [message, readContent(message.content ?? null, undefined, masking)];
  });
  const items = read.map(([message, content]): Shown => {
    const shown = shownItem(content, masking);
    const others = Object.keys(message).filter((name) => name !== 'role' && name !== 'content').length;
    return { value: { ...keepMembers(message, role), content: shown.value }, withheld: shown.withheld + others };
  });
  const document = keepMembers(value, about);
  return {
    value: { ...document, messages: items.map((item) => item.value) },
    withheld: items.reduce(
      (sum, item) => sum + item.withheld,
      Object.keys(value).length - Object.keys(document).length - 1,
    ),
  };
}

const about: Kinds = new Map([['resultType', oneOf('complete')]]);
const role: Kinds = new Map([['role', isRole]]);
