import type { ArgumentsCamelCase } from 'yargs';
import { bridge } from '../bridge/bridge.ts';
import { Endpoint } from '../bridge/http.ts';
import { targetOf } from '../bridge/target.ts';
import type { Command } from '../command.ts';
import { visible } from '../formats/visible.ts';
import { fixedToken, type Identity, nobody, tokenFile } from '../login/identity.ts';
import { invite, openLogin } from '../login/open.ts';
import {
  allowHttpOption,
  clientIdOption,
  type EndpointArguments,
  gatewayOption,
  issuerOption,
  type LoginArguments,
  resourceOption,
  scopeOption,
  serverOption,
  urlOption,
} from '../login/options.ts';
import { stopSignal } from '../stop-signal.ts';
import { UsageError } from '../usage-error.ts';

interface Arguments extends EndpointArguments, LoginArguments {
  'token-file': string | undefined;
  login: boolean;
  store: boolean;
  'max-message': number;
}

export const stdio: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .option('server', serverOption)
      .option('gateway', gatewayOption)
      .option('url', urlOption)
      .option('token-file', {
        describe: 'File with a bearer token, read anew for each message',
        type: 'string',
        normalize: true,
      })
      .option('client-id', clientIdOption)
      .option('login', { describe: 'Sign in by a code where nobody is signed in', type: 'boolean', default: false })
      .option('store', {
        describe: 'Keep the login for the next time; --no-store forgets it at the end',
        type: 'boolean',
        default: true,
      })
      .option('scope', scopeOption)
      .option('issuer', issuerOption)
      .option('resource', resourceOption)
      .option('allow-http', allowHttpOption)
      .option('max-message', {
        describe: 'Largest message of the client, in bytes',
        type: 'number',
        default: 4_194_304,
      })
      .example('$0 stdio --server crm', 'As the command of a client; the token is in WRIT_TOKEN')
      .example('$0 stdio -g https://mcp.example.com -s crm --token-file ./token', 'Somebody keeps the token fresh')
      .example(
        '$0 stdio -g https://mcp.example.com -s crm --client-id writ-stdio',
        'After `writ login` with the same options',
      )
      .epilogue(
        'For claude_desktop_config.json: {"mcpServers": {"crm": {"command": "writ", "args": ["stdio", "-g", ' +
          '"https://mcp.example.com", "-s", "crm", "--client-id", "writ-stdio"]}}}. Nothing but MCP goes to standard ' +
          'output. Exits 0 at the end of input or on SIGINT or SIGTERM, 65 if the token file cannot be read. docs/stdio.md.',
      ),
  handler: async (args) => {
    const largest = args.maxMessage;
    if (!Number.isSafeInteger(largest) || largest < 1024)
      throw new UsageError('--max-message takes bytes, at least 1024.');
    const url = targetOf(args);
    const leave = new AbortController();
    const { identity, close } = identityOf(args, leave.signal);
    const stop = stopSignal().then(() => leave.abort());
    const { stdin: input, stdout: output } = process;
    try {
      await bridge({ endpoint: new Endpoint(url), identity, input, output, note, stop, largest });
    } finally {
      leave.abort();
      await close();
    }
  },
};

/** One line each on standard error, which clients show or keep. */
function note(text: string): void {
  process.stderr.write(`writ: ${visible(text)}\n`);
}

function identityOf(
  args: ArgumentsCamelCase<Arguments>,
  signal: AbortSignal,
): { identity: Identity; close: () => Promise<void> } {
  const { tokenFile: file, clientId, login: asks, store: keeps } = args;
  const close = () => Promise.resolve();
  if (file !== undefined && (asks || clientId !== undefined))
    throw new UsageError('Give either --token-file or --client-id and --login.');
  if (file !== undefined) return { identity: tokenFile(file), close };
  if (asks || clientId !== undefined) {
    const { login, http } = openLogin(args, { invite: asks ? invite : undefined, keeps, signal });
    return { identity: login, close: () => http.close() };
  }
  const given = process.env.WRIT_TOKEN;
  return { identity: given ? fixedToken(given, 'WRIT_TOKEN') : nobody, close };
}
