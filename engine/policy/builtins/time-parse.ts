import { NoAnswer } from './operands.ts';
import { type Civil, daysIn, isLeap, toNanoseconds } from './time-civil.ts';
import { type Chunk, months, readLayout, weekdays } from './time-layout.ts';
import { utc } from './time-zone.ts';

/** Nanoseconds since 1970 of a text in a layout of Go's; what it leaves out is that of January 1 of the year 0. */
export function parseTime(layout: string, value: string): bigint {
  return new Parser(value, readLayout(layout)).parse();
}

const short = (names: readonly string[]) => names.map((name) => name.slice(0, 3));
const shortMonths = short(months);
const shortWeekdays = short(weekdays);

class Parser {
  #rest: string;
  readonly #chunks: readonly Chunk[];
  #year = 0;
  #month: number | undefined;
  #day: number | undefined;
  #yearDay: number | undefined;
  #hour = 0;
  #minute = 0;
  #second = 0;
  #nanosecond = 0;
  #half: 'am' | 'pm' | undefined;
  #offset = 0;
  /** Set by an offset written as one, and by `Z` and `UTC`; what a name says then does not count. */
  #offsetKnown: 'utc' | 'offset' | undefined;

  constructor(value: string, chunks: readonly Chunk[]) {
    this.#rest = value;
    this.#chunks = chunks;
  }

  parse(): bigint {
    for (const [index, chunk] of this.#chunks.entries()) {
      const next = this.#chunks[index + 1];
      this.#read(chunk, next?.element === 'literal' ? this.#chunks[index + 2] : next);
    }
    if (this.#rest !== '') throw new NoAnswer();
    if (this.#half === 'pm' && this.#hour < 12) this.#hour += 12;
    else if (this.#half === 'am' && this.#hour === 12) this.#hour = 0;
    const [month, day] = this.#date();
    if (day < 1 || day > daysIn(month, this.#year)) throw new NoAnswer();
    const civil: Civil = {
      year: this.#year,
      month,
      day,
      hour: this.#hour,
      minute: this.#minute,
      second: this.#second - (this.#offsetKnown === 'utc' ? 0 : this.#offset),
      nanosecond: this.#nanosecond,
    };
    return toNanoseconds(civil, utc);
  }

  /** `next` is what comes after it and after the text between them. */
  #read({ element, text }: Chunk, next: Chunk | undefined): void {
    switch (element) {
      case 'literal':
        this.#literal(text);
        return;
      case 'year2': {
        const year = atoi(this.#take(2));
        this.#year = year + (year >= 69 ? 1900 : 2000);
        return;
      }
      case 'year4':
        if (!/^\d/.test(this.#rest)) throw new NoAnswer();
        this.#year = atoi(this.#take(4));
        return;
      case 'monthName':
        this.#month = this.#name(months) + 1;
        return;
      case 'monthShort':
        this.#month = this.#name(shortMonths) + 1;
        return;
      case 'month':
      case 'month2':
        this.#month = between(1, this.#number(element === 'month2'), 12);
        return;
      case 'weekdayName':
        this.#name(weekdays);
        return;
      case 'weekdayShort':
        this.#name(shortWeekdays);
        return;
      case 'day':
      case 'dayPadded':
      case 'day2':
        if (element === 'dayPadded') this.#spaces(1);
        this.#day = this.#number(element === 'day2');
        return;
      case 'yearDayPadded':
      case 'yearDay3':
        if (element === 'yearDayPadded') this.#spaces(2);
        this.#yearDay = Number(this.#match(element === 'yearDay3' ? /^\d{3}/ : /^\d{1,3}/));
        return;
      case 'hour24':
        this.#hour = between(0, this.#number(false), 23);
        return;
      case 'hour12':
      case 'hour12Zero':
        this.#hour = between(0, this.#number(element === 'hour12Zero'), 12);
        return;
      case 'minute':
      case 'minute2':
        this.#minute = between(0, this.#number(element === 'minute2'), 59);
        return;
      case 'second':
      case 'second2':
        this.#second = between(0, this.#number(element === 'second2'), 59);
        this.#unaskedFraction(next);
        return;
      case 'PM':
      case 'pm':
        this.#half =
          this.#match(element === 'PM' ? /^[AP]M/ : /^[ap]m/).toLowerCase() === 'pm' ? 'pm' : (this.#half ?? 'am');
        return;
      case 'offset':
        this.#zoneOffset(text);
        return;
      case 'zoneName':
        this.#zoneName();
        return;
      case 'fraction0':
        this.#nanosecond = nanoseconds(this.#take(1 + ((text.length - 1) & 0xfff)));
        return;
      default: {
        const fraction = /^[.,]\d+/.exec(this.#rest)?.[0];
        if (fraction === undefined) return;
        this.#nanosecond = nanoseconds(this.#take(fraction.length));
      }
    }
  }

  /** Any number of spaces stands for any number of spaces, also for none at the end. */
  #literal(text: string): void {
    for (const [part] of text.matchAll(/ +|[^ ]+/g)) {
      if (part.startsWith(' ')) {
        if (this.#rest !== '' && !this.#rest.startsWith(' ')) throw new NoAnswer();
        this.#rest = this.#rest.replace(/^ +/, '');
      } else if (this.#take(part.length) !== part) throw new NoAnswer();
    }
  }

  /** Seconds may have a fraction that the layout does not mention. */
  #unaskedFraction(next: Chunk | undefined): void {
    if (next?.element === 'fraction0' || next?.element === 'fraction9') return;
    const fraction = /^[.,]\d+/.exec(this.#rest)?.[0];
    if (fraction !== undefined) this.#nanosecond = nanoseconds(this.#take(fraction.length));
  }

  #zoneOffset(text: string): void {
    if (text.startsWith('Z') && this.#rest.startsWith('Z')) {
      this.#take(1);
      this.#offsetKnown = 'utc';
      return;
    }
    const colon = text.includes(':') ? ':' : '';
    const fields = text.length > 6 ? 3 : text.length > 3 ? 2 : 1;
    const form = new RegExp(`^([+-])(\\d\\d)${`${colon}(\\d\\d)`.repeat(fields - 1)}`);
    const [whole = '', sign, hours = '0', minutes = '0', seconds = '0'] = form.exec(this.#rest) ?? [];
    if (sign === undefined) throw new NoAnswer();
    this.#take(whole.length);
    const offset = between(0, Number(hours), 24) * 3600 + between(0, Number(minutes), 60) * 60;
    this.#offset = (sign === '-' ? -1 : 1) * (offset + between(0, Number(seconds), 60));
    // Go keeps -1 for none, so that an offset of a second to the west is none.
    if (this.#offset === -1) this.#offset = 0;
    else this.#offsetKnown ??= 'offset';
  }

  #zoneName(): void {
    if (this.#rest.startsWith('UTC')) {
      this.#take(3);
      this.#offsetKnown = 'utc';
      return;
    }
    const name = zoneNameAt(this.#rest);
    if (name === undefined) throw new NoAnswer();
    this.#take(name.length);
    if (this.#offsetKnown === undefined && name.startsWith('GMT') && name.length > 3)
      this.#offset = Number(name.slice(3)) * 3600;
  }

  #date(): [month: number, day: number] {
    if (this.#yearDay === undefined) return [this.#month ?? 1, this.#day ?? 1];
    if (this.#yearDay < 1 || this.#yearDay > (isLeap(this.#year) ? 366 : 365)) throw new NoAnswer();
    let [month, day] = [1, this.#yearDay];
    for (; day > daysIn(month, this.#year); month++) day -= daysIn(month, this.#year);
    if ((this.#month ?? month) !== month || (this.#day ?? day) !== day) throw new NoAnswer();
    return [month, day];
  }

  #name(names: readonly string[]): number {
    const found = names.findIndex((name) => this.#rest.slice(0, name.length).toLowerCase() === name.toLowerCase());
    if (found < 0) throw new NoAnswer();
    this.#take(names[found]?.length ?? 0);
    return found;
  }

  /** One digit or two; with `fixed` two. */
  #number(fixed: boolean): number {
    return Number(this.#match(fixed ? /^\d\d/ : /^\d\d?/));
  }

  #spaces(most: number): void {
    for (let count = 0; count < most && this.#rest.startsWith(' '); count++) this.#take(1);
  }

  #match(form: RegExp): string {
    const found = form.exec(this.#rest)?.[0];
    if (found === undefined) throw new NoAnswer();
    return this.#take(found.length);
  }

  #take(length: number): string {
    if (this.#rest.length < length) throw new NoAnswer();
    const taken = this.#rest.slice(0, length);
    this.#rest = this.#rest.slice(length);
    return taken;
  }
}

function between(least: number, value: number, most: number): number {
  if (value < least || value > most) throw new NoAnswer();
  return value;
}

function atoi(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new NoAnswer();
  return Number(text);
}

/** Of a point or comma and digits, of which nine count. */
function nanoseconds(text: string): number {
  if (!/^[.,]/.test(text)) throw new NoAnswer();
  const digits = text.slice(1, 10);
  const value = atoi(digits);
  if (value < 0) throw new NoAnswer();
  return value * 10 ** (9 - digits.length);
}

/** Three to five capital letters as abbreviations of zones have them, GMT with hours, or hours alone. */
function zoneNameAt(text: string): string | undefined {
  if (text.length < 3) return undefined;
  const special = /^(?:ChST|MeST)/.exec(text)?.[0];
  if (special !== undefined) return special;
  const [signed, hours] = /^(?:GMT)?[+-](\d+)/.exec(text) ?? [];
  if (signed !== undefined && Number(hours) <= 23) return signed;
  if (text.startsWith('GMT')) return 'GMT';
  const capitals = /^[A-Z]{0,6}/.exec(text)?.[0] ?? '';
  if (capitals.length === 3) return capitals;
  if (capitals.length === 4) return capitals.endsWith('T') || capitals === 'WITA' ? capitals : undefined;
  return capitals.length === 5 && capitals.endsWith('T') ? capitals : undefined;
}
