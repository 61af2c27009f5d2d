import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Persona, personas } from '../../fixtures/issuer.ts';
import { packageFile } from '../package-files.ts';
import type { Scene } from './scene.ts';

/** In a checkout the system's Node may be an older one; npm scripts run on the one of the `node` package. */
const checkout = import.meta.url.endsWith('.ts');
const writ = checkout ? 'npm run writ --' : 'npx writ';

/** Two places in it are filled in by the shell: the tool and its arguments, and where one is stated the purpose. */
const script = (url: string) => `#!/bin/sh
# Calls a tool through the demo's gateway: sh call <persona> <server> <tool> [<arguments as JSON> [<purpose>]]
set -eu
arguments="\${4-}"
[ -n "$arguments" ] || arguments='{}'
purpose=''
[ -z "\${5-}" ] || purpose=',"writ/purpose":"'"$5"'"'
curl -sS "${url}/$2/mcp" \\
  -H "Authorization: Bearer $(cat "$(dirname "$0")/tokens/$1")" \\
  -H 'Content-Type: application/json' -H 'Accept: application/json, text/event-stream' \\
  -H 'MCP-Protocol-Version: 2026-07-28' -H 'Mcp-Method: tools/call' -H "Mcp-Name: $3" \\
  -d '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"'"$3"'","arguments":'"$arguments"',
    "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",
      "io.modelcontextprotocol/clientCapabilities":{}'"$purpose"'}}}'
echo
`;

/** Leaves a token of each persona, and a script that calls with one, in the directory; gives the lines to copy. */
export async function invite(scene: Scene, directory: string): Promise<string[]> {
  mkdirSync(join(directory, 'tokens'), { recursive: true });
  for (const persona of Object.keys(personas) as Persona[]) {
    const token = await scene.issuer.token({ persona, expiresIn: 8 * 3600 });
    writeFileSync(join(directory, 'tokens', persona), token, { mode: 0o600 });
  }
  writeFileSync(join(directory, 'call'), script(scene.gateway.url));
  const inside = relative('.', directory);
  const here = inside.startsWith('..') ? directory : inside;
  const call = join(here, 'call');
  const audit = join(here, 'audit');
  return [
    `sh ${call} support-agent crm customers.lookup '{"id":"C-1001"}'`,
    `sh ${call} medical-officer hr health.notes '{"id":"E-2005"}' essential.service`,
    `sh ${call} ai-agent tickets tickets.get '{"id":"T-3002"}'`,
    `sh ${call} ai-agent crm customers.lookup '{"id":"C-1001"}'`,
    `sh ${call} ai-agent crm messages.send '{"to":"<the token that it says>","subject":"Your order","text":"It is on its way."}'`,
    `${writ} tokens list --config ${join(here, 'writ.yaml')}`,
    `${writ} build ${checkout ? 'policies' : packageFile('policies')} --output ${join(here, 'bundle.tar.gz')}`,
    `${writ} audit verify ${audit} --key ${join(audit, 'log.vkey')}`,
  ];
}
