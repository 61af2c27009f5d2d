/** Writes docs/errors.md from the table in engine/errors.ts. */
import { writeFileSync } from 'node:fs';
import { errorKinds } from '../engine/errors.ts';

const rows = Object.entries(errorKinds).map(([code, kind]) => {
  const wire = kind.status === undefined ? 'command line' : `${kind.status}, ${kind.rpc}`;
  return `| \`${code}\` | ${wire} | ${kind.title} | ${kind.remedy.replaceAll('|', '\\|')} |`;
});

const page = `# Error codes

Made from \`engine/errors.ts\` by \`npm run docs:errors\`. On the wire every failure is a JSON-RPC error whose data holds
\`code\`, \`remedy\` and \`retriable\`, and \`call\` once the call is on record. The second column gives the HTTP status and the
JSON-RPC error code. A refusal by policy is not in this table: it is a decision, see [protocol.md](protocol.md).

| code | on the wire | what happened | way out |
|---|---|---|---|
${rows.join('\n')}
`;

writeFileSync(new URL('../docs/errors.md', import.meta.url), page);
