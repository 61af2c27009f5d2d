import type { Command } from '../command.ts';
import { openLogin } from '../login/open.ts';
import {
  allowHttpOption,
  clientIdOption,
  type EndpointArguments,
  gatewayOption,
  issuerOption,
  type LoginArguments,
  resourceOption,
  serverOption,
  urlOption,
} from '../login/options.ts';

type Arguments = EndpointArguments & Omit<LoginArguments, 'scope'>;

export const logout: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .option('server', serverOption)
      .option('gateway', gatewayOption)
      .option('url', urlOption)
      .option('client-id', { ...clientIdOption, demandOption: true })
      .option('issuer', issuerOption)
      .option('resource', resourceOption)
      .option('allow-http', allowHttpOption)
      .example('$0 logout -g https://mcp.example.com -s crm --client-id writ-stdio', 'With the options of `writ login`')
      .epilogue(
        'Removes what was kept, and revokes it where the authorization server takes that (RFC 7009). ' +
          'Exits 0, also where nobody was signed in. docs/stdio.md.',
      ),
  handler: async (args) => {
    const { login, http } = openLogin({ ...args, scope: undefined }, { invite: undefined, keeps: true });
    try {
      process.stdout.write((await login.end()) ? 'Signed out.\n' : 'Nobody was signed in.\n');
    } finally {
      await http.close();
    }
  },
};
