import { WritError } from '../../../engine/errors.ts';

const lineFeed = 10;

/**
 * Cuts a stream into lines, which is how stdio carries messages; empty ones are passed over. Nothing is read while no line
 * is taken. Throws WRIT_UPSTREAM_INVALID for a line of more than `limit` bytes, of which no more than that is kept.
 */
export async function* lines(stream: AsyncIterable<Buffer>, limit: number): AsyncGenerator<Uint8Array> {
  let held: Buffer[] = [];
  let size = 0;
  const whole = () => {
    const line = Buffer.concat(held, size);
    held = [];
    size = 0;
    return line;
  };
  for await (const chunk of stream) {
    let from = 0;
    for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, from)) {
      hold(chunk.subarray(from, at));
      from = at + 1;
      const line = whole();
      if (!isBlank(line)) yield line;
    }
    hold(chunk.subarray(from));
  }
  // A server may leave out the last line end; a message cut short is not JSON.
  const rest = whole();
  if (!isBlank(rest)) yield rest;

  function hold(part: Buffer): void {
    size += part.length;
    if (size > limit) throw new WritError('WRIT_UPSTREAM_INVALID', 'A message of it is larger than the limit.');
    held.push(part);
  }
}

/** Spaces, tabs and what Windows ends a line with. */
function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 32 || byte === 9 || byte === 13);
}

/**
 * A JSON text as one line for every reader: to some a line ends at other characters too, and whatever came after would be a
 * message that no policy has seen. Line ends of ASCII are spaces between tokens, the others can only be within strings.
 */
export function asLine(text: string): string {
  const flat = text.replaceAll(/[\r\n]/g, ' ');
  const escaped = flat.replaceAll(
    /[\u0085\u2028\u2029]/g,
    (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${escaped}\n`;
}
