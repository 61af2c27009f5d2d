import { type Argument, type Flags, formatValue } from './go-values.ts';
import { chargeDigits, parseInt64 } from './integers.ts';
import { array, NoAnswer, text } from './operands.ts';
import { type Builtins, type Charge, isNumber, numberText, type RegoNumber, type Term } from './term.ts';
import { termText } from './term-text.ts';

/** OPA's sprintf, which is Go's: https://pkg.go.dev/fmt#hdr-Printing. Widths and precisions of more than a million are none. */
export const sprintf: Builtins = {
  sprintf: ([format, values], charge) => {
    const printer = new Printer(
      text(format),
      array(values).map((value) => argument(value, charge)),
      charge,
    );
    return printer.print();
  },
};

/** What OPA hands to Go: whole numbers, other numbers as doubles, strings, and of all else what OPA would print. */
function argument(term: Term, charge: Charge): Argument {
  if (isNumber(term)) return numeric(term, charge);
  return { type: 'string', value: typeof term === 'string' ? term : termText(term) };
}

function numeric(number: RegoNumber, charge: Charge): Argument {
  const written = numberText(number);
  if (/[.eE]/.test(written)) {
    const value = Number(written);
    return Number.isFinite(value) ? { type: 'float64', value } : { type: 'string', value: written };
  }
  const small = parseInt64(written);
  if (small !== undefined) return { type: 'int64', value: small };
  chargeDigits(written.length, charge);
  return { type: '*big.Int', value: BigInt(written) };
}

const noFlags: Flags = {
  plus: false,
  minus: false,
  sharp: false,
  space: false,
  zero: false,
  width: null,
  precision: null,
  sharpV: false,
  plusV: false,
};

const flagNames = { '+': 'plus', '-': 'minus', '#': 'sharp', ' ': 'space', '0': 'zero' } as const;
const isFlag = (character: string | undefined): character is keyof typeof flagNames =>
  character !== undefined && character in flagNames;

/** A format being printed: fmt's doPrintf. */
class Printer {
  readonly #format: string;
  readonly #args: readonly Argument[];
  readonly #charge: Charge;
  readonly #parts: string[] = [];
  #at = 0;
  #next = 0;
  #reordered = false;
  #goodIndex = true;

  constructor(format: string, args: readonly Argument[], charge: Charge) {
    this.#format = format;
    this.#args = args;
    this.#charge = charge;
  }

  print(): string {
    const format = this.#format;
    while (this.#at < format.length) {
      const found = format.indexOf('%', this.#at);
      const end = found < 0 ? format.length : found;
      this.#write(format.slice(this.#at, end));
      this.#at = end + 1;
      if (found >= 0) this.#directive();
    }
    const extra = this.#args.slice(this.#next);
    if (!this.#reordered && extra.length > 0)
      this.#write(`%!(EXTRA ${extra.map((each) => `${each.type}=${this.#value(each, 'v', noFlags)}`).join(', ')})`);
    return this.#parts.join('');
  }

  #directive(): void {
    this.#goodIndex = true;
    const flags = { ...noFlags };
    for (let flag = this.#format[this.#at]; isFlag(flag); flag = this.#format[this.#at]) {
      flags[flagNames[flag]] = true;
      this.#at++;
    }
    let afterIndex = this.#index();
    if (this.#format[this.#at] === '*') {
      this.#at++;
      flags.width = this.#fromArgument();
      if (flags.width === null) this.#write('%!(BADWIDTH)');
      if (flags.width !== null && flags.width < 0)
        Object.assign(flags, { width: -flags.width, minus: true, zero: false });
      afterIndex = false;
    } else {
      flags.width = this.#number();
      if (afterIndex && flags.width !== null) this.#goodIndex = false;
    }
    // Go looks for a precision only where something follows the point.
    if (this.#format[this.#at] === '.' && this.#at + 1 < this.#format.length) {
      this.#at++;
      if (afterIndex) this.#goodIndex = false;
      afterIndex = this.#index();
      if (this.#format[this.#at] === '*') {
        this.#at++;
        flags.precision = this.#fromArgument();
        if (flags.precision !== null && flags.precision < 0) flags.precision = null;
        if (flags.precision === null) this.#write('%!(BADPREC)');
        afterIndex = false;
      } else {
        flags.precision = this.#number() ?? 0;
      }
    }
    if (!afterIndex) this.#index();
    this.#verb(flags);
  }

  #verb(flags: Flags): void {
    const code = this.#format.codePointAt(this.#at);
    if (code === undefined) {
      this.#write('%!(NOVERB)');
      return;
    }
    const verb = String.fromCodePoint(code);
    this.#at += verb.length;
    const arg = this.#args[this.#next];
    if (verb === '%') this.#write('%');
    else if (!this.#goodIndex) this.#write(`%!${verb}(BADINDEX)`);
    else if (arg === undefined) this.#write(`%!${verb}(MISSING)`);
    else {
      const { sharp, plus } = flags;
      const goSyntax = { ...flags, sharpV: sharp, sharp: false, plusV: plus, plus: false };
      this.#next++;
      this.#write(this.#value(arg, verb, verb === 'v' || verb === 'w' ? goSyntax : flags));
    }
  }

  #value(arg: Argument, verb: string, flags: Flags): string {
    this.#charge((flags.width ?? 0) + (flags.precision ?? 0) + costOf(arg));
    if (verb === 'T') return formatValue({ type: 'string', value: arg.type }, 's', flags) ?? '';
    // Go would print an address, or the words of memory it keeps a number in.
    if (arg.type === '*big.Int' && (verb === 'p' || verb === 'w')) throw new NoAnswer();
    return formatValue(arg, verb, flags) ?? `%!${verb}(${arg.type}=${this.#value(arg, 'v', flags)})`;
  }

  /** An explicit argument index, `[2]`. Whether there was one that is good. */
  #index(): boolean {
    if (this.#format[this.#at] !== '[') return false;
    this.#reordered = true;
    const start = this.#at + 1;
    const close = this.#format.indexOf(']', start);
    // Go finds no bracket closed in fewer than three characters.
    if (close < 0 || this.#format.length - start < 2) {
      this.#charge(this.#format.length - start);
      this.#goodIndex = false;
      this.#at++;
      return false;
    }
    const inside = this.#format.slice(start, close);
    this.#at = close + 1;
    const index = /^\d+$/.test(inside) ? readNumber(inside) : null;
    if (index !== null && index >= 1 && index <= this.#args.length) {
      this.#next = index - 1;
      return true;
    }
    this.#goodIndex = false;
    return index !== null;
  }

  /** A width or precision written out; a number that is too large takes the rest of the format with it. */
  #number(): number | null {
    const digits = /\d*/y;
    digits.lastIndex = this.#at;
    const found = digits.exec(this.#format)?.[0] ?? '';
    const value = found === '' ? null : readNumber(found);
    this.#at = found !== '' && value === null ? this.#format.length : this.#at + found.length;
    return value;
  }

  #fromArgument(): number | null {
    const arg = this.#args[this.#next];
    if (arg !== undefined) this.#next++;
    if (arg?.type !== 'int64') return null;
    return arg.value > 1_000_000n || arg.value < -1_000_000n ? null : Number(arg.value);
  }

  #write(text: string): void {
    this.#charge(text.length);
    this.#parts.push(text);
  }
}

/** Go stops where what it read so far is over a million, so that seven digits and one more may pass. */
function readNumber(digits: string): number | null {
  let number = 0;
  for (const digit of digits) {
    if (number > 1_000_000) return null;
    number = number * 10 + Number(digit);
  }
  return number;
}

/** Doubles may take a thousand digits, large integers are quadratic in theirs. */
function costOf({ type, value }: Argument): number {
  if (type === 'float64') return 1000;
  if (type !== '*big.Int') return `${value}`.length;
  const digits = value.toString(16).length;
  return digits + (digits * digits) / 1000;
}
