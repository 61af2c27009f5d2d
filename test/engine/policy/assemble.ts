/** Just enough of an assembler to write, byte by byte, modules no compiler would. */

export const uleb = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 128, ...uleb(Math.floor(value / 128))];
export const vector = (items: number[][]): number[] => [...uleb(items.length), ...items.flat()];
export const sized = (body: number[]): number[] => [...uleb(body.length), ...body];
export const name = (text: string): number[] => sized([...Buffer.from(text)]);
export const section = (id: number, body: number[]): number[] => [id, ...sized(body)];

export const i32 = 0x7f;
export const [end, drop, loop, br, brIf] = [0x0b, 0x1a, 0x03, 0x0c, 0x0d];
export const get = (local: number): number[] => [0x20, local];
export const constant = (value: number): number[] => [0x41, value];

export interface Parts {
  /** Section id and body, for sections a plain module does not have. */
  extra?: [id: number, body: number[]][];
  /** Instructions of the one function, `run: (i32) -> i32`, without the `end`. */
  code?: number[];
  /** Groups of locals of that function: count and type. */
  locals?: number[][];
  /** Functions after `run`. */
  functions?: { type: number; code: number[] }[];
  imports?: number[][];
  exports?: number[][];
  /** Leaves a section out. */
  without?: number;
  /** Type 0 is (i32) -> i32. */
  types?: number[][];
}

const memory = [...name('env'), ...name('memory'), 2, 0, 1];

/** A module as OPA makes them: memory imported, one global of its own, and `run` exported. */
export function assemble(parts: Parts = {}): Uint8Array {
  const body = [...vector(parts.locals ?? []), ...(parts.code ?? get(0)), end];
  const functions = parts.functions ?? [];
  const sections: [number, number[]][] = [
    [1, vector([[0x60, 1, i32, 1, i32], ...(parts.types ?? [])])],
    [2, vector([memory, ...(parts.imports ?? [])])],
    [3, vector([[0], ...functions.map(({ type }) => [type])])],
    [6, vector([[i32, 1, 0x41, 0, end]])],
    [7, vector([[...name('run'), 0, 0], ...(parts.exports ?? [])])],
    [10, vector([sized(body), ...functions.map(({ code }) => sized([0, ...code, end]))])],
    ...(parts.extra ?? []),
  ];
  const kept = sections.filter(([id]) => id !== parts.without).sort(([a], [b]) => order(a) - order(b));
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...kept.flatMap(([id, bytes]) => section(id, bytes))]);
}

/** The data count comes ahead of the code that needs it, tags ahead of the globals. */
function order(id: number): number {
  return id === 12 ? 9.5 : id === 13 ? 5.5 : id;
}
