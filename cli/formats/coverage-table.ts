import { decided } from '../coverage/measure-rules.ts';
import { percent, percentage } from '../coverage/percent.ts';
import type { Coverage, PackCoverage, Share } from '../coverage/types.ts';
import type { Paint } from './paint.ts';
import { visible } from './visible.ts';

/** For people: by pack, every rule with the number of tests whose decisions named it; then the lines never evaluated. */
export function coverageLines({ rules, lines, threshold }: Coverage, paint: Paint): string[] {
  const width = Math.max(20, ...rules.packs.flatMap((pack) => pack.rules.map(({ id }) => id.length)));
  const missing = lines.files.filter(({ covered, total }) => covered < total);
  const whole = lines.files.length - missing.length;
  return [
    paint('bold', `${'rules that decided'.padEnd(width + 2)}  fixtures  Rego tests`),
    ...rules.packs.flatMap((pack) => packLines(pack, width, paint)),
    ...total('rules', rules, threshold, paint),
    '',
    paint('bold', 'lines of Rego never evaluated by a Rego test'),
    ...missing.map(({ file, missed, ...share }) => `${paint('red', '✗')} ${places(file, missed)}  ${percent(share)}`),
    ...(whole > 0 && lines.measured
      ? [`${paint('green', '✓')} none in ${whole} ${whole === 1 ? 'file' : 'files'}`]
      : []),
    ...(lines.measured
      ? total('lines', lines, threshold, paint)
      : ['not measured: OPA measures no lines where a Rego test fails']),
  ];
}

function places(file: string, missed: readonly [number, number][]): string {
  const ranges = missed.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
  return visible(`${file}:${ranges.join(',')}`);
}

function packLines({ pack, rules, ...share }: PackCoverage, width: number, paint: Paint): string[] {
  const lines = rules.map((rule) => {
    const { id, at, fixtures, rego } = rule;
    const counts = `${String(fixtures).padStart(8)}  ${String(rego).padStart(10)}`;
    return decided(rule)
      ? `${paint('green', '✓')} ${id.padEnd(width)}  ${counts}`
      : `${paint('red', '✗')} ${id.padEnd(width)}  ${counts}  ${paint('dim', visible(at))}`;
  });
  return [`${pack}  ${paint('dim', `${share.covered} of ${share.total}`)}`, ...lines];
}

function total(what: string, share: Share, threshold: number | null, paint: Paint): string[] {
  const short = threshold !== null && percentage(share) < threshold;
  const said = `${share.covered} of ${share.total} ${what}, ${percent(share)}`;
  return [short ? paint('red', `${said}, below the ${threshold} % asked for`) : said];
}
