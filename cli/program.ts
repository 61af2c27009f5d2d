import type { Argv } from 'yargs';
import { lazily } from './command.ts';

/** Adds every command to the command line. Completion and the test of docs/cli.md read the same list. */
export function withCommands(yargs: Argv<object>): Argv<object> {
  return yargs
    .command(lazily('proxy', 'Run the gateway', async () => (await import('./commands/proxy.ts')).proxy))
    .command(
      lazily(
        'check [policies..]',
        'Find what is wrong with policies, also what OPA lets pass in silence',
        async () => (await import('./commands/check.ts')).check,
      ),
    )
    .command(
      lazily(
        'fmt [paths..]',
        'Format Rego as OPA does, and prove that its meaning stayed',
        async () => (await import('./commands/fmt.ts')).fmt,
      ),
    )
    .command(
      lazily(
        'test [policies..]',
        'Run fixtures and Rego tests on the engine that enforces',
        async () => (await import('./commands/test.ts')).test,
      ),
    )
    .command(
      lazily(
        'explain <fixture>',
        'Show what policy says of one call, and why',
        async () => (await import('./commands/explain.ts')).explain,
      ),
    )
    .command(
      lazily(
        'record [command..]',
        'Record fixtures between a client and its server, personal data replaced',
        async () => (await import('./commands/record.ts')).record,
      ),
    )
    .command(
      lazily(
        'discover <recording..>',
        'Propose a catalogue from recordings: where tools answer with personal data',
        async () => (await import('./commands/discover.ts')).discover,
      ),
    )
    .command(
      lazily(
        'catalogue',
        'Hold the catalogue against recordings',
        async () => (await import('./commands/catalogue.ts')).catalogue,
      ),
    )
    .command(
      lazily(
        'detect',
        'Find personal data and secrets in texts and JSON documents',
        async () => (await import('./commands/detect.ts')).detect,
      ),
    )
    .command(
      lazily(
        'mask [files..]',
        'Mask personal data and secrets in texts and JSON, as the gateway masks answers',
        async () => (await import('./commands/mask.ts')).mask,
      ),
    )
    .command(
      lazily(
        'build [policies..]',
        'Check policies and compile them into a bundle',
        async () => (await import('./commands/build.ts')).build,
      ),
    )
    .command(
      lazily(
        'doctor',
        'Look at everything a gateway needs, before it needs it',
        async () => (await import('./commands/doctor.ts')).doctor,
      ),
    )
    .command(
      lazily(
        'stdio',
        'Let a client that only speaks stdio use a gateway',
        async () => (await import('./commands/stdio.ts')).stdio,
      ),
    )
    .command(
      lazily(
        'login',
        'Sign in at a gateway with a code, for `writ stdio`',
        async () => (await import('./commands/login.ts')).login,
      ),
    )
    .command(
      lazily(
        'logout',
        'Forget what `writ login` keeps, here and at the authorization server',
        async () => (await import('./commands/logout.ts')).logout,
      ),
    )
    .command(
      lazily(
        'tools',
        'Look at what servers say of their tools, and pin it',
        async () => (await import('./commands/tools.ts')).tools,
      ),
    )
    .command(
      lazily(
        'tokens',
        'Look at the tokens that stand for masked values, and revoke them',
        async () => (await import('./commands/tokens.ts')).tokens,
      ),
    )
    .command(lazily('audit', 'Look at audit logs', async () => (await import('./commands/audit.ts')).audit))
    .command(
      lazily(
        'opa [arguments..]',
        'Run the OPA inside, with any arguments of its own',
        async () => (await import('./commands/opa.ts')).opa,
      ),
    )
    .command(
      lazily(
        'demo',
        'Show allow, mask-fields, deny and require-approval on a demo server',
        async () => (await import('./commands/demo.ts')).demo,
      ),
    )
    .command(
      lazily(
        'completion <shell>',
        'Print a script that completes commands, options and files',
        async () => (await import('./commands/completion.ts')).completion,
      ),
    )
    .command(
      lazily('help [command..]', 'Show the help of a command', async () => (await import('./commands/help.ts')).help),
    );
}
