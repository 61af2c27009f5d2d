/**
 * What Writ costs: the same calls to an MCP server made directly, through a proxy that looks at nothing, and through
 * Writ. bench/README.md says how to read the figures. Fails where an answer or the log is not what it must be; never
 * because something was slow.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Lab } from './support/lab.ts';
import { measureMemory } from './support/memory.ts';
import { type Options, readOptions, usage } from './support/options.ts';
import { dataDirectory, mainModule } from './support/place.ts';
import { pinned, stopAll } from './support/processes.ts';
import { measureProfile, profileArgs, reportProfile } from './support/profile.ts';
import { measureSpeed } from './support/speed.ts';
import { asLaunched } from './support/start-writ.ts';

const say = (text: string) => void process.stdout.write(text);

async function measure(
  { seconds, rounds, calls, profile, detect, sources }: Options,
  directory: string,
): Promise<void> {
  const profiles = join(directory, 'profile');
  if (profile) mkdirSync(profiles, { recursive: true });
  const node = [...asLaunched, ...(profile ? profileArgs(profiles) : []), mainModule(!sources)];
  const lab = await Lab.open(directory, node, detect);
  if (profile) {
    const window = await measureProfile(lab, seconds);
    await verify(lab);
    return reportProfile(profiles, window, say);
  }
  if (calls !== undefined) await measureMemory(lab, calls, say);
  else await measureSpeed(lab, seconds, rounds, say);
  await verify(lab);
}

async function verify(lab: Lab): Promise<void> {
  say(`the log verifies, with all ${await lab.verify()} calls\n`);
}

const options = readOptions(process.argv.slice(2));
if (options === 'help') say(usage);
else {
  const directory = dataDirectory(options.data);
  const core = pinned ? 'on a core of its own' : 'not pinned to a core';
  say(`${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}; what is measured is ${core}\n`);
  try {
    await measure(options, directory);
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  } finally {
    await stopAll();
    if (options.data === undefined) rmSync(directory, { recursive: true, force: true });
  }
}
