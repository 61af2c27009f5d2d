/** Stands in for what is withheld. */
export function withheldText(what: string): string {
  return `[withheld by policy: ${what} that cannot be masked]`;
}
