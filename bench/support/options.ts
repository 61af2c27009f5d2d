import { parseArgs } from 'node:util';

/** What to measure, and for how long. */
export interface Options {
  /** Of one run. */
  seconds: number;
  rounds: number;
  /** Measure memory over so many calls instead of speed. */
  calls: number | undefined;
  profile: boolean;
  /** Mask as the demo pack does, which looks into free text; otherwise by path alone. */
  detect: boolean;
  /** Run the gateway from its sources instead of from what is built and shipped. */
  sources: boolean;
  /** Where the log lies, kept afterwards; otherwise a temporary directory. */
  data: string | undefined;
}

export const usage = `Usage: npm run bench -- [options]
  --seconds <n>   length of a run (4)
  --rounds <n>    runs of each kind, of which the median counts (5)
  --quick         one round of one second, to see whether all works
  --calls <n>     resident memory over n calls on 32 connections, instead of speed
  --detect        the demo pack as it is, whose detectors look into free text; otherwise its masks are by path alone
  --profile       where the gateway's CPU time goes on 32 connections, instead of speed
  --sources       run the gateway from its sources instead of building it first
  --data <dir>    keep log and profile there
`;

/** Throws TypeError for what it does not understand. */
export function readOptions(args: string[]): Options | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      calls: { type: 'string' },
      profile: { type: 'boolean', default: false },
      detect: { type: 'boolean', default: false },
      sources: { type: 'boolean', default: false },
      data: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const seconds = positive('seconds', values.seconds ?? (values.quick ? '1' : '4'));
  const rounds = positive('rounds', values.rounds ?? (values.quick ? '1' : '5'));
  const calls = values.calls === undefined ? undefined : positive('calls', values.calls);
  const { profile, detect, sources, data } = values;
  return { seconds, rounds, calls, profile, detect, sources, data };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new TypeError(`--${name} takes a number above 0`);
  return value;
}
