import { plainNumbers } from './numbers.ts';
import type { Json, JsonDocument, NumberTexts } from './types.ts';

/** Writes a document compactly, as JSON.stringify would but for numbers, which keep the text they came with. */
export function serialize(document: JsonDocument): string {
  return document.numbers === plainNumbers ? JSON.stringify(document.value) : write(document.value, document.numbers);
}

function write(value: Json, numbers: NumberTexts): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const texts = numbers.get(value);
  let text = '';
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      if (index > 0) text += ',';
      text += texts?.get(index) ?? write(value[index] as Json, numbers);
    }
    return `[${text}]`;
  }
  for (const key of Object.keys(value)) {
    if (text !== '') text += ',';
    text += `${JSON.stringify(key)}:${texts?.get(key) ?? write(value[key] as Json, numbers)}`;
  }
  return `{${text}}`;
}
