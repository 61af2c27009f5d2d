import type { RecordingReport } from '../../proxy/tap/recording.ts';
import type { Paint } from '../formats/paint.ts';
import { visible } from '../formats/visible.ts';

const marks = { new: '+', changed: '~', unchanged: ' ' } as const;
const colours = { new: 'green', changed: 'yellow', unchanged: 'dim' } as const;

/** What was recorded, what was replaced, and what a person has to look at. */
export function prettyRecording(report: RecordingReport, out: string, paint: Paint): string {
  const { fixtures, replaced, unreplaced, unread } = report;
  const files = fixtures.map(({ file, status }) => paint(colours[status], `${marks[status]} ${visible(file)}`));
  const values = Object.entries(replaced).map(([category, count]) => `${count} ${category}`);
  const count = (wanted: string) => fixtures.filter(({ status }) => status === wanted).length;
  const warned = unreplaced.filter(({ uncovered }) => uncovered);
  const noted = unreplaced.filter(({ uncovered }) => !uncovered);
  const listed = ({ what, fields }: (typeof unreplaced)[number]) => `  ${visible(what)}: ${visible(fields.join(', '))}`;
  return [
    ...files,
    fixtures.length === 0
      ? 'Nothing was recorded: no call was answered.'
      : `${fixtures.length} fixtures in ${visible(out)}: ${count('new')} new, ${count('changed')} changed.`,
    ...(values.length > 0 ? [`Replaced: ${values.join(', ')}.`] : []),
    ...(unread > 0 ? [paint('yellow', `${unread} messages passed that cannot be recorded.`)] : []),
    ...(noted.length > 0
      ? ['Written as it came; the catalogue declares no personal data there:', ...noted.map(listed)]
      : []),
    ...(warned.length > 0
      ? [
          `${paint('yellow', 'warning')} Written as it came, and no catalogue covers it:`,
          ...warned.map(listed),
          `  ${paint('cyan', 'help:')} read these fixtures before you commit them. For a tool say in the catalogue what it`,
          '  holds (`holds: {}` if nothing personal), for a text give --replace from=to, and record again.',
        ]
      : []),
    '',
  ].join('\n');
}
