import { type Run, runsOf } from './blocks.ts';
import { bytesOfBase64, bytesOfHex, readable } from './octets.ts';

/** Octets within a text that no mask can look into: pictures, archives, compressed and other data. */
interface OpaqueRun {
  start: number;
  end: number;
  /** By their first octets, or as the `data:` URI says; `application/octet-stream` where nothing tells. */
  mimeType: string;
}

/** Data of a make that is known is taken for it from this many digits on: a text of a few words is no longer when it is packed. */
const KNOWN = 24;
/** No URI with data of a type is shorter. */
const SHORTEST = 20;
/** Digests, signatures and keys are shorter. */
const UNKNOWN = 200;

/** Runs of base64 or hexadecimal digits, and `data:` URIs, that decode to what is no text. */
export function opaqueRuns(text: string): OpaqueRun[] {
  const found: OpaqueRun[] = [];
  if (text.length < SHORTEST || !/[A-Za-z0-9+/_-]{24}|data:|[A-Za-z0-9+/_-]\r?\n[A-Za-z0-9+/_-]/.test(text))
    return found;
  for (const parts of runsOf(text)) {
    for (const lines of alike(text, parts)) {
      const [first] = lines;
      const last = lines.at(-1);
      if (first === undefined || last === undefined) continue;
      const digits = lines.map((line) => line.digits).join('');
      const whole = opaque(text, { start: first.start, end: last.end, digits });
      for (const each of whole !== undefined || lines.length === 1
        ? [whole]
        : lines.map((line) => opaque(text, line))) {
        if (each !== undefined) found.push(each);
      }
    }
  }
  return found;
}

/** Lines of one block are of one length, but for the last: words of prose are not. */
function alike(text: string, parts: readonly Run[]): Run[][] {
  const blocks: Run[][] = [];
  let open = false;
  for (const part of parts) {
    const block = blocks.at(-1);
    const length = block?.[0]?.digits.length ?? 0;
    const before = block?.at(-1)?.end ?? 0;
    const last = part.digits.length < length && text.slice(before, part.start).includes('\n');
    if (open && block !== undefined && (last || part.digits.length === length)) {
      block.push(part);
      open = part.digits.length === length;
    } else {
      blocks.push([part]);
      open = true;
    }
  }
  return blocks;
}

function opaque(text: string, { start, end, digits }: Run): OpaqueRun | undefined {
  const [, declared] = dataUri.exec(text.slice(Math.max(0, start - 128), start)) ?? [];
  if (digits.length < KNOWN && declared === undefined) return undefined;
  const isHex = /^[0-9a-f]+$/i.test(digits);
  const bytes = isHex ? bytesOfHex(digits) : bytesOfBase64(digits);
  if (bytes === undefined || bytes.length < 12) return undefined;
  const known = typeOf(bytes);
  if (known !== undefined) return { start, end, mimeType: known };
  if (readable(bytes, 1) !== undefined) return undefined;
  if (declared !== undefined) return { start, end, mimeType: declared.toLowerCase() };
  return digits.length >= UNKNOWN && !isHex ? { start, end, mimeType: 'application/octet-stream' } : undefined;
}

const dataUri = /data:([a-z]{1,32}\/[a-z0-9.+-]{1,64})(?:;[a-z0-9=-]{1,32}){0,3};base64,$/i;

/** First octets as Latin-1, or as few as tell; of all, what nothing else begins with by chance. */
const makes: readonly (readonly [string, string])[] = [
  ['\x1f\x8b\x08', 'application/gzip'],
  ['PK\x03\x04', 'application/zip'],
  ['\x89PNG', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF8', 'image/gif'],
  ['BM', 'image/bmp'],
  ['II*\x00', 'image/tiff'],
  ['MM\x00*', 'image/tiff'],
  ['%PDF', 'application/pdf'],
  ['OggS', 'audio/ogg'],
  ['ID3', 'audio/mpeg'],
  ['\xff\xfb', 'audio/mpeg'],
  ['fLaC', 'audio/flac'],
  ['BZh', 'application/x-bzip2'],
  ['\xfd7zXZ\x00', 'application/x-xz'],
  ['(\xb5/\xfd', 'application/zstd'],
  ['7z\xbc\xaf', 'application/x-7z-compressed'],
  ['Rar!\x1a', 'application/vnd.rar'],
  ['\xd0\xcf\x11\xe0', 'application/x-ole-storage'],
  ['SQLite format 3\x00', 'application/vnd.sqlite3'],
  ['\x1aE\xdf\xa3', 'video/webm'],
  ['\x00asm', 'application/wasm'],
];

function typeOf(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const make = makes.find(([octets, type]) => head.startsWith(octets) && (type !== 'image/bmp' || bytes.length > 64));
  if (make !== undefined) return readable(bytes, 1) !== undefined && make[0] !== '%PDF' ? undefined : make[1];
  if (head.startsWith('RIFF')) return head.slice(8, 12) === 'WEBP' ? 'image/webp' : 'audio/wav';
  if (head.slice(4, 8) === 'ftyp') return 'video/mp4';
  const [method = 0, flags = 0] = bytes;
  // RFC 1950: deflate with a window of at most 32 KiB, and a check over both octets.
  if ((method & 0x8f) === 0x08 && (method * 256 + flags) % 31 === 0 && (flags & 0x20) === 0) return 'application/zlib';
  return undefined;
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [dataUri];
