import type { Command } from '../command.ts';
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

type Arguments = EndpointArguments & LoginArguments;

export const login: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .option('server', serverOption)
      .option('gateway', gatewayOption)
      .option('url', urlOption)
      .option('client-id', { ...clientIdOption, demandOption: true })
      .option('scope', scopeOption)
      .option('issuer', issuerOption)
      .option('resource', resourceOption)
      .option('allow-http', allowHttpOption)
      .example(
        '$0 login -g https://mcp.example.com -s crm --client-id writ-stdio',
        'Then `writ stdio` with the same options',
      )
      .example(
        '$0 login -g https://mcp.example.com -s crm --client-id 2b9d4c1a --scope api://writ/mcp.call --no-resource',
        'At Microsoft Entra ID',
      )
      .epilogue(
        'Signs in by a code (RFC 8628) and keeps what it is given in a file that only you can read. ' +
          'Exits 0 if you are signed in, 1 if not. docs/stdio.md.',
      ),
  handler: async (args) => {
    const leave = new AbortController();
    void stopSignal().then(() => leave.abort());
    const { login, http } = openLogin(args, { invite, keeps: true, signal: leave.signal });
    try {
      const { issuer } = await login.begin();
      process.stdout.write(`Signed in at ${issuer}.\n`);
    } finally {
      await http.close();
    }
  },
};
