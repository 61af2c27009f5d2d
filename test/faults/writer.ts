import { closeEntry, refusalsEntry } from '../engine/audit/samples.ts';
import { activate, begin, end, open, placeIn } from '../proxy/recorder/log-directory.ts';

// A process to be killed: it carries calls until then, and says on stdout what it was told is durable. Its own first line is
// `ready`; `refused <code>` says that an append was refused, and that the one after it was too.
const [root = '', run = ''] = process.argv.slice(2);
const say = (line: string) => process.stdout.write(`${line}\n`);

async function caller(recorder: Awaited<ReturnType<typeof open>>, number: number): Promise<void> {
  for (let n = 0; ; n++) {
    const call = `call-${run}-${number}-${n}`;
    await begin(recorder, call, JSON.stringify({ id: call, filler: 'x'.repeat(4_000) }));
    say(`begun ${call}`);
    await end(recorder, call);
    say(`ended ${call}`);
  }
}

try {
  const recorder = await open(placeIn(root), { checkpointInterval: 10 });
  say('ready');
  try {
    await activate(recorder);
    await Promise.all(Array.from({ length: 8 }, (_, number) => caller(recorder, number)));
  } catch (error) {
    const again = await recorder.append([refusalsEntry, closeEntry]).catch((second: unknown) => second);
    say(`refused ${codeOf(error)} ${codeOf(again)}`);
    await recorder.close('fault').catch(() => {});
  }
} catch (error) {
  say(`not opened ${codeOf(error)}`);
}
process.exit();

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
