import { WritError } from '../errors.ts';

/** Hashes in a full tile, and entries in a full entry bundle (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;

/** `width` hashes at `level`, counted in tiles of this level from the left. */
export interface Tile {
  level: number;
  index: number;
  width: number;
}

/** C2SP tlog-tiles: `tile/<level>/<index>[.p/<width>]`, the index in groups of three digits, all but the last with an x. */
export function tilePath(level: number | 'entries', index: number, width: number = TILE_WIDTH): string {
  let digits = String(index % 1000).padStart(3, '0');
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    digits = `x${String(rest % 1000).padStart(3, '0')}/${digits}`;
  }
  return `tile/${level}/${digits}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** The tile that is not full at each level of a tree of `size` entries, levels where it would be empty included. */
export function edgeTiles(size: number): Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) {
    tiles.push({ level, index: Math.floor(hashes / TILE_WIDTH), width: hashes % TILE_WIDTH });
  }
  return tiles;
}

/**
 * The entries of a bundle: each a big-endian uint16 length and that many bytes. With `width` it must hold at least so many,
 * and those are returned. Throws WRIT_AUDIT_CORRUPT.
 */
export function parseEntryBundle(bundle: Uint8Array, width?: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bundle.length && entries.length !== width; ) {
    const [high, low] = [bundle[at], bundle[at + 1]];
    const end = high === undefined || low === undefined ? Number.NaN : at + 2 + high * 256 + low;
    if (!(end <= bundle.length)) throw cut(entries.length);
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  if (width !== undefined && entries.length < width) throw cut(entries.length);
  return entries;
}

const cut = (entry: number) => new WritError('WRIT_AUDIT_CORRUPT', `An entry bundle ends within entry ${entry}.`);
