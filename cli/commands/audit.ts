import type { CommandModule } from 'yargs';
import { auditVerify } from './audit-verify.ts';

export const audit: CommandModule = {
  command: 'audit <command>',
  describe: 'Look at audit logs',
  builder: (yargs) => yargs.command(auditVerify).demandCommand(1, 'Name what to do with the log.'),
  handler: () => {},
};
