/** One HTTP/1.1 message: its head as text, its body as it came. */
export type OnFrame = (head: string, body: Buffer) => void;

const endOfHead = Buffer.from('\r\n\r\n');
const lengthField = /\r\ncontent-length: *(\d+)/i;

/**
 * Cuts a byte stream into HTTP/1.1 messages that announce their length, which is all that a benchmark's two ends need:
 * node:http would cost them as much as it costs what they measure. Throws where a message announces none.
 */
export function frames(onFrame: OnFrame): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const headEnd = rest.indexOf(endOfHead);
      if (headEnd < 0) return;
      const head = rest.toString('latin1', 0, headEnd);
      const announced = lengthField.exec(head)?.[1];
      if (announced === undefined) throw new Error('an HTTP message announces no length');
      const start = headEnd + endOfHead.length;
      const end = start + Number(announced);
      if (rest.length < end) return;
      const body = rest.subarray(start, end);
      rest = rest.subarray(end);
      onFrame(head, body);
    }
  };
}
