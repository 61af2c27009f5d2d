import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { WritError } from '../../engine/errors.ts';
import { parseFixture } from '../../engine/fixtures/parse.ts';
import type { Fixture } from '../../engine/fixtures/types.ts';
import type { Catalogue } from '../../engine/policy/types.ts';
import { tapHttp } from '../../proxy/tap/http.ts';
import { Recording, type RecordingOptions } from '../../proxy/tap/recording.ts';
import { tapStdio } from '../../proxy/tap/stdio.ts';
import { findCatalogue } from '../catalogue/read-catalogue.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import type { FormatName } from '../formats/formatter.ts';
import { paintFor } from '../formats/paint.ts';
import { visible } from '../formats/visible.ts';
import { formatOption } from '../options.ts';
import { prettyRecording } from '../record/pretty.ts';
import { stopSignal } from '../stop-signal.ts';
import { UsageError } from '../usage-error.ts';

interface Arguments {
  command: string[] | undefined;
  server: string | undefined;
  listen: string;
  out: string;
  name: string | undefined;
  identity: string;
  policies: string[];
  replace: string[];
  format: FormatName;
}

const defaultPolicies = ['policies'];

export const record: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('command', { describe: 'Behind --: the command of a stdio server', type: 'string', array: true })
      .option('server', { describe: 'URL of an HTTP server', type: 'string' })
      .option('listen', { describe: 'Where clients reach it meanwhile', type: 'string', default: '127.0.0.1:0' })
      .option('out', { alias: 'o', describe: 'Folder of the fixtures', type: 'string', demandOption: true })
      .option('name', { describe: 'Name of the server in policies  [default: that of the folder]', type: 'string' })
      .option('identity', { describe: 'Who calls, in YAML', type: 'string', default: '{ kind: human }' })
      .option('policies', {
        alias: 'p',
        describe: 'Policies whose catalogue says where personal data stands',
        type: 'string',
        array: true,
        default: defaultPolicies,
      })
      .option('replace', {
        describe: 'A text never to be written, and what to write for it: from=to',
        type: 'string',
        array: true,
        default: [],
      })
      .option('format', formatOption)
      .example('$0 record --server http://127.0.0.1:3001/mcp --out fixtures/crm', 'Between a client and an HTTP server')
      .example('$0 record --out fixtures/memory -- npx server-memory', 'As the command of a stdio server')
      .epilogue(
        'Ends with Ctrl-C or with the client. Exits 1 if something was written that no catalogue covers. docs/fixtures.md.',
      ),
  handler: async (args) => {
    const command = behindDashes(process.argv);
    const url = args.server === undefined ? undefined : urlOf(args.server);
    if ((url === undefined) === (command.length === 0))
      throw new UsageError('Give either --server <url>, or -- and the command of a stdio server.');
    const recording = new Recording(optionsOf(args), complain);
    const stop = stopSignal();
    try {
      if (url === undefined) await recordStdio(command, recording, stop);
      else await recordHttp(url, args.listen, recording, stop);
    } finally {
      report(recording, args, command.length > 0 ? process.stderr : process.stdout);
    }
  },
};

async function recordStdio(command: readonly string[], recording: Recording, stop: Promise<string>): Promise<void> {
  for (const [name, value = ''] of Object.entries(process.env)) {
    // Many credentials of an environment are called KEY alone, which in an answer may be any key.
    recording.heard(/(?:^|_)KEY$/i.test(name) ? `${name}_secret` : name, value);
  }
  const streams = { input: process.stdin, output: process.stdout };
  const ended = await tapStdio(command, streams, recording.conversation, stop);
  // One that dies of a signal was told to end.
  if (typeof ended === 'number' && ended > 0)
    throw new WritError('WRIT_COMMAND_FAILED', `${command[0]} ended with exit code ${ended}.`);
}

async function recordHttp(server: URL, listen: string, recording: Recording, stop: Promise<string>): Promise<void> {
  for (const [name, value] of server.searchParams) recording.heard(`${name}_key`, value);
  const { conversation } = recording;
  const header = (name: string, value: string) => recording.heard(name, value);
  const tap = await tapHttp({ server, listen, conversation, header });
  process.stderr.write(`Recording. Point the client at ${tap.url} and stop with Ctrl-C.\n`);
  await stop;
  await tap.close();
}

function report(recording: Recording, { format, out }: Arguments, stream: NodeJS.WriteStream): void {
  const found = recording.close();
  const text =
    format === 'json' ? `${JSON.stringify(found, null, 2)}\n` : prettyRecording(found, out, paintFor(stream));
  stream.write(text);
  if (found.unreplaced.some(({ uncovered }) => uncovered)) process.exitCode = exit.found;
}

/** Said at once and again at the end: whoever watches should not go on for nothing. */
function complain(error: WritError): void {
  process.stderr.write(`writ: not recorded: ${visible(error.message)}\n`);
}

function optionsOf({ out, name = basename(resolve(out)), identity, policies, replace }: Arguments): RecordingOptions {
  return {
    out,
    server: name,
    identity: identityOf(identity),
    catalogue: catalogueOf(policies),
    replace: replace.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UsageError('--replace takes a text and what to write for it: --replace from=to.');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  };
}

/** Read as the part of a fixture that it becomes, so that a mistake is told at once. */
function identityOf(text: string): Fixture['identity'] {
  const fixture = `identity: ${text}\ncall: { server: any, method: ping }\nexpect: { effect: deny }\n`;
  return parseFixture(fixture, '--identity').fixture.identity;
}

/** Of the catalogue alone: what else the policies are made of has no part in a recording. */
function catalogueOf(policies: string[]): Catalogue {
  if (policies === defaultPolicies && !existsSync('policies')) return {};
  return findCatalogue(policies)?.catalogue ?? {};
}

function urlOf(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new UsageError('--server takes an http or https URL.');
  if (url.username !== '' || url.password !== '')
    throw new UsageError('Let the client send the credentials, not the URL of --server.');
  return url;
}

/** As they were written: whatever options stand there are those of the server. */
function behindDashes(argv: readonly string[]): string[] {
  const at = argv.indexOf('--');
  return at < 0 ? [] : argv.slice(at + 1);
}
