/**
 * Equal for all keys that some reader ignoring case takes for one: at least the simple case folding of Unicode, which
 * Go's encoding/json uses (k and U+212A, s and U+017F are pairs). Upper case between two lower ones joins what has two
 * lower-case forms (sigma) and what has no upper-case form of one character.
 */
export function foldKey(key: string): string {
  return key.toLowerCase().toUpperCase().toLowerCase();
}
