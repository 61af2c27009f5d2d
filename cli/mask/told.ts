import type { Paint } from '../formats/paint.ts';
import { visible } from '../formats/visible.ts';
import type { Explained } from './explain.ts';

/** For programs: a document a line. `file` is null of standard input. */
export function toldJson(each: Explained, file: string): string {
  return `${JSON.stringify({ file: file === '-' ? null : file, ...each })}\n`;
}

/** For people: a line, which begins with the file where there are several. */
export function told(each: Explained, file: string, paint: Paint): string {
  const { line, at, in: where, type, why, detector, confidence, value } = each;
  const place = at.startsWith('/') || at === '' ? `${line} ${at === '' ? '(whole)' : at}` : at;
  const sure = confidence === null ? '' : `  ${confidence}`;
  const by = detector === null ? 'another reading of the text' : detector;
  const shown = value === undefined ? '' : `  ${value}`;
  const name = where === 'name' ? ' (name of a member)' : '';
  return `${paint('bold', visible(file === '' ? place : `${file}:${place}`))}${name}  ${paint('red', type)}  ${why}  ${paint('dim', by)}${sure}${visible(shown)}\n`;
}
