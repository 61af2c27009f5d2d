/** Writes policies/capabilities.json anew: `node scripts/capabilities.ts`, after OPA was updated. */
import { writeFileSync } from 'node:fs';
import { restrictCapabilities } from '../engine/opa/contract/capabilities.ts';
import { run } from '../engine/opa/run.ts';

const { stdout } = await run(['capabilities', '--current']);
const target = new URL('../policies/capabilities.json', import.meta.url);
const restricted = restrictCapabilities(JSON.parse(stdout));
writeFileSync(target, `${JSON.stringify(restricted, null, 2)}\n`);
process.stdout.write(`${restricted.builtins.length} builtins allowed.\n`);
