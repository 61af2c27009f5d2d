import { createInterface } from 'node:readline';
import yargs from 'yargs';
import { withCommands } from '../../cli/program.ts';

// Runs `writ` with the arguments of each line of its input, a JSON array, and answers each by a line with what was printed and
// the exit code: starting a process for each costs more than most commands take.

const write = process.stdout.write.bind(process.stdout);

for await (const line of createInterface(process.stdin)) {
  let stdout = '';
  process.exitCode = 0;
  process.stdout.write = (chunk: string | Uint8Array) => {
    stdout += chunk;
    return true;
  };
  const program = withCommands(yargs(JSON.parse(line)))
    .strict()
    .exitProcess(false);
  const failed = await program
    .fail((message, error) => {
      throw error ?? new Error(message);
    })
    .parseAsync()
    .then(() => undefined, String);
  process.stdout.write = write;
  write(`${JSON.stringify({ code: process.exitCode, stdout, stderr: failed ?? '' })}\n`);
  process.exitCode = 0;
}
