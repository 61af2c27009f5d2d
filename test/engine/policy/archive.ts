import { gunzipSync, gzipSync } from 'node:zlib';
import { readTar } from '../../../engine/policy/tar.ts';

export interface Member {
  name: string;
  content?: Uint8Array | string;
  /** Type flag; default '0', a file. */
  type?: string;
  /** What the size field says, where it is not the size. */
  size?: string;
  prefix?: string;
  /** Of the name; default UTF-8. */
  encoding?: BufferEncoding;
  checksum?: string;
}

/** A ustar archive of exactly these members, right or wrong. */
export function tar(members: readonly Member[]): Buffer {
  return Buffer.concat([...members.map(member), Buffer.alloc(1024)]);
}

function member({ name, content = '', type = '0', size, prefix = '', encoding, checksum }: Member): Buffer {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name, 0, 100, encoding);
  header.write(size ?? `${bytes.length.toString(8).padStart(11, '0')}\0`, 124, 12, 'latin1');
  header.write(type, 156, 1);
  header.write('ustar\0' + '00', 257, 8);
  header.write(prefix, 345, 155);
  header.fill(' ', 148, 156);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(checksum ?? `${sum.toString(8).padStart(6, '0')}\0 `, 148, 8, 'latin1');
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

/** The bundle with some files changed, added or, where undefined, left out. */
export function repack(bundle: Uint8Array, changes: Record<string, Uint8Array | string | undefined>): Uint8Array {
  const files = new Map<string, Uint8Array | string | undefined>(readTar(gunzipSync(bundle)));
  for (const [name, content] of Object.entries(changes)) files.set(name, content);
  const kept = [...files].flatMap(([name, content]) => (content === undefined ? [] : [{ name: `/${name}`, content }]));
  return gzipSync(tar(kept));
}

export function fileOf(bundle: Uint8Array, name: string): string {
  return Buffer.from(readTar(gunzipSync(bundle)).get(name) ?? '').toString('utf8');
}
