import { isUtf8 } from 'node:buffer';
import { WritError } from '../errors.ts';

/**
 * Reads a POSIX ustar archive, the form in which OPA writes bundles. By hand because a bundle decides who sees what: the
 * libraries at hand pass over a wrong checksum or a size that is no number, resolve `..`, cut long names, or loop on a
 * negative size, and two readers that disagree about a member are two policies.
 *
 * @returns bytes by name, without a leading `/` or `./`; the bytes are views into the archive.
 * @throws WritError WRIT_BUNDLE_INVALID for anything but plain files and directories with plain, distinct names.
 */
export function readTar(archive: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let at = 0;
  for (;;) {
    const header = archive.subarray(at, at + block);
    if (header.length < block) refuse('ends without an end mark');
    at += block;
    if (isZero(header)) break;
    if (octal(header, 148, 8) !== checksum(header)) refuse('has a damaged header');
    const size = octal(header, 124, 12);
    const padded = Math.ceil(size / block) * block;
    if (padded > archive.length - at) refuse('ends in the middle of a file');
    switch (header[156]) {
      case 0x30: // '0'
      case 0x00: {
        const name = nameOf(header);
        if (files.has(name)) refuse('has two files of one name');
        files.set(name, archive.subarray(at, at + size));
        break;
      }
      case 0x35: // '5', a directory
        break;
      default:
        refuse('has a member that is neither a file nor a directory, or a name that is too long or not ASCII');
    }
    at += padded;
  }
  if (!isZero(archive.subarray(at))) refuse('goes on after its end mark');
  return files;
}

const block = 512;

function nameOf(header: Uint8Array): string {
  const prefix = text(header, 345, 155);
  const whole = prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`;
  const name = whole.replace(/^(\.?\/)+/, '');
  const plain = name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  if (!plain || /[\\\p{Cc}]/u.test(name)) refuse('has a file whose name is not plain');
  return name;
}

function text(header: Uint8Array, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  const bytes = end < 0 ? field : field.subarray(0, end);
  if (!isUtf8(bytes)) refuse('has a file whose name is not plain');
  return Buffer.from(bytes).toString('utf8');
}

/** Octal digits, then NUL or blanks. GNU's binary form is for sizes over 8 GiB. */
function octal(header: Uint8Array, start: number, length: number): number {
  const digits = /^ *([0-7]+)[ \0]*$/.exec(Buffer.from(header.subarray(start, start + length)).toString('latin1'))?.[1];
  return digits === undefined ? refuse('has a damaged header') : Number.parseInt(digits, 8);
}

/** The sum of the header's bytes with the checksum field itself taken as blanks. */
function checksum(header: Uint8Array): number {
  return header.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 0x20 : byte), 0);
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function refuse(what: string): never {
  throw new WritError('WRIT_BUNDLE_INVALID', `The archive ${what}.`);
}
