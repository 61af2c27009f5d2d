/** Whether what is shown has five signs in a row of a value, or all of it. In what is long nothing is drawn. */
export function shares(text: string, shown: string): boolean {
  if (text.length > 64) return false;
  if (text === shown) return true;
  for (let start = 0; start + 5 <= shown.length; start++) if (text.includes(shown.slice(start, start + 5))) return true;
  return false;
}
