/**
 * Parts of a dotted path, as the analysis of policies writes them: one that is no identifier is a JSON string there
 * (`policies.gdpr.deny."bulk-export"`), and a computed one is `*`.
 */
export function segments(path: string): string[] {
  return (path.match(/"(?:[^"\\]|\\.)*"|[^."]+/g) ?? []).map((part) =>
    part.startsWith('"') ? String(JSON.parse(part)) : part,
  );
}
