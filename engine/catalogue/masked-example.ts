/** Of a longer value the beginning shows what it is like. */
const longest = 32;

/** The form of a value without the value: each letter becomes an x, each digit a 9, and no sign beyond ASCII stays. */
export function maskedExample(value: string): string {
  const shape = value
    .slice(0, longest)
    .replace(/\p{Lu}/gu, 'X')
    .replace(/[\p{L}\p{M}]/gu, 'x')
    .replace(/\p{N}/gu, '9')
    .replace(/[^ -~]/gu, '?');
  return value.length > longest ? `${shape}...` : shape;
}
