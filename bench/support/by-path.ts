import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const rule = /mask_fields\["(?:contact_found|free_text)"\] := \{[^}]*\} if \{[^}]*\}\n/g;
const note = 'mask_fields["free_text"] := {"categories": ["user.content"], "strategy": "redact"} if tells_contact\n';

/**
 * A copy of the shipped policies in which the demo pack masks by path alone: free text is redacted where it stands, and
 * nothing is looked for by detectors. Throws where the pack has no such rules any more.
 */
export function policiesByPath(policies: string, directory: string): string {
  const copy = join(directory, 'policies');
  cpSync(policies, copy, { recursive: true });
  const file = join(copy, 'gdpr/reading.rego');
  const text = readFileSync(file, 'utf8');
  const rules = text.match(rule) ?? [];
  if (rules.length !== 2) throw new Error(`${file} has ${rules.length} rules that look for contact data, not 2`);
  writeFileSync(
    file,
    text.replace(rule, (found) => (found.includes('"free_text"') ? note : 'mask_fields["none"] := false\n')),
  );
  return copy;
}
