import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The forms in which a text may lie around: as it is, escaped, in hexadecimal and, wherever it begins, in base64. */
function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  // Base64 of three bytes depends on what stands before; what it says of the first and last byte is left away.
  const base64 = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    return encoded.slice(before === 0 ? 0 : before + 1, -1);
  });
  const url = base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'));
  return [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text), bytes.toString('hex'), ...base64, ...url];
}

/** Those of the texts that lie in the bytes, in any form. */
export function foundIn(bytes: Uint8Array | string, texts: readonly string[]): string[] {
  const haystack = Buffer.from(bytes);
  return texts.filter((text) => formsOf(text).some((form) => haystack.includes(form)));
}

/** Those of the texts that lie in any file or file name below the folder, each with the path; gzip is looked into. */
export function foundBelow(folder: string, texts: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const content = entry.isFile() ? readFileSync(path) : Buffer.alloc(0);
    const parts = [Buffer.from(path), content, ...(path.endsWith('.gz') ? [gunzipSync(content)] : [])];
    return parts.flatMap((part) => foundIn(part, texts)).map((text) => `${path}: ${text}`);
  });
}
