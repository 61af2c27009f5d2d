import type { Command } from '../command.ts';

/** Only its help: main.ts hands arguments to OPA before anything else reads them. */
export const opa: Command = {
  builder: (yargs) =>
    yargs
      .positional('arguments', {
        describe: 'Arguments of OPA; `writ opa help` lists them',
        type: 'string',
        array: true,
      })
      .example('$0 opa version', 'The version policies are compiled with')
      .example('$0 opa eval --data policies "data.policies.gdpr"', 'What a rule comes to')
      .example('echo "{}" | $0 opa eval --stdin-input input', "Standard input and output are OPA's")
      .epilogue(
        'Exits as OPA does. The OPA inside is WebAssembly in Node and has no sockets: `run --server`, http.send and ' +
          'bundles by URL need a native opa, named by WRIT_OPA, and environment variables do not reach it.',
      ),
  handler: () => {},
};
