import { loadConfig } from '../../proxy/config/load.ts';
import { startGateway } from '../../proxy/gateway.ts';
import { createLog } from '../../proxy/log.ts';
import type { Command } from '../command.ts';
import { stopSignal } from '../stop-signal.ts';
import { version } from '../version.ts';

interface Arguments {
  config: string;
}

export const proxy: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .option('config', {
        alias: 'c',
        describe: 'Configuration file',
        type: 'string',
        default: 'writ.yaml',
        normalize: true,
      })
      .example('$0 proxy --config writ.yaml', 'Serve every server of writ.yaml at <gateway>/<server>/mcp')
      .example('$0 doctor && $0 proxy', 'Only where nothing is in the way')
      .epilogue(
        'Exits 0 after a stop in order, 78 if writ.yaml is wrong, 74 if the log cannot be opened. Stops in order on SIGINT or SIGTERM; looks at the policy bundle and the certificate anew on SIGHUP.',
      ),
  handler: async ({ config }) => {
    const log = createLog('info');
    const gateway = await startGateway(loadConfig(config), version, log);
    process.on('SIGHUP', () => {
      gateway
        .reload()
        .catch((error: Error) => log.error({ error: error.message }, 'not activated; what was in force stays'));
    });
    await gateway.close(await stopSignal());
  },
};
