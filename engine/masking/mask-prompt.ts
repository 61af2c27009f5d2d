import { WritError } from '../errors.ts';
import { isObject, type JsonObject, type NumberTexts } from '../json/types.ts';
import { isRole, readContent } from './content.ts';
import { type Kinds, oneOf } from './known-members.ts';
import type { Masking, Shown } from './masking.ts';
import { readMembers } from './members.ts';

/**
 * The result of prompts/get. Texts that are a JSON object or array are masked; all others, and the description, only where
 * masks vouch for free words: no structuredContent does.
 */
export function maskPrompt(value: JsonObject, numbers: NumberTexts, masking: Masking): Shown {
  const { messages } = value;
  if (!Array.isArray(messages)) throw new WritError('WRIT_MASK_FAILED', 'The result is not that of a prompt.');
  const read = messages.map((message) => {
    if (!isObject(message) || !isRole(message.role ?? null))
      throw new WritError('WRIT_MASK_FAILED', 'A message of the prompt has no role.');
    const content = readContent(message.content ?? null, undefined, masking, numbers);
    return { content, others: readMembers(message, role, masking, numbers, ['content']) };
  });
  const others = readMembers(value, about, masking, numbers, ['messages']);
  masking.settle([read.flatMap(({ content }) => content.text?.reading ?? [])]);
  const items = read.map(({ content, others }): Shown => {
    const shown = content.show({});
    const { value, withheld } = others();
    return { value: { ...value, content: shown.value }, withheld: shown.withheld + withheld };
  });
  const { value: document, withheld } = others();
  return {
    value: { ...document, messages: items.map((item) => item.value) },
    withheld: items.reduce((sum, item) => sum + item.withheld, withheld),
  };
}

const about: Kinds = new Map([['resultType', oneOf('complete')]]);
const role: Kinds = new Map([['role', isRole]]);
