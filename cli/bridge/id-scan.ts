/** A longer id is none that anybody needs back. */
const longest = 1024;

/**
 * Finds the id of a request that is too large to be held: reads JSON as it passes and keeps nothing of it but keys of the
 * outermost object, and the value of `id`. What is no JSON has no id, or one that is refused where it is read again.
 */
export class IdScan {
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The string that is read, while it may be a key or the id. */
  #text: string | undefined;
  /** The last string of the outermost object, until a colon makes it a key. */
  #key: string | undefined;
  #value: string | undefined;
  #id: string | undefined;
  #isRequest = false;

  /** The id as JSON text; undefined where there is none, or no method that makes it that of a request. */
  get id(): string | undefined {
    return this.#isRequest ? this.#id : undefined;
  }

  feed(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#inString) this.#string(byte);
      else this.#outside(byte);
    }
  }

  #string(byte: number): void {
    this.#keep(byte);
    if (this.#escaped) this.#escaped = false;
    else if (byte === backslash) this.#escaped = true;
    else if (byte === quote) {
      this.#inString = false;
      if (this.#value === undefined) this.#key = this.#text;
      else this.#value = this.#text ?? '';
      this.#text = undefined;
    }
  }

  #outside(byte: number): void {
    if (byte === quote) {
      this.#inString = true;
      this.#text = this.#depth === 1 ? '' : undefined;
      this.#keep(byte);
    } else if (byte === open || byte === openArray) this.#depth++;
    else if (byte === close || byte === closeArray) {
      if (this.#depth === 1) this.#settle();
      this.#depth--;
    } else if (this.#depth !== 1) return;
    else if (byte === colon) this.#value = '';
    else if (byte === comma) this.#settle();
    else if (this.#value !== undefined && byte > 32 && this.#value.length < longest)
      this.#value += String.fromCharCode(byte);
  }

  #keep(byte: number): void {
    if (this.#text === undefined) return;
    this.#text = this.#text.length < longest ? this.#text + String.fromCharCode(byte) : undefined;
  }

  /** A member is whole. */
  #settle(): void {
    if (this.#key === '"method"') this.#isRequest = true;
    if (this.#key === '"id"') this.#id = idText(this.#value);
    this.#key = undefined;
    this.#value = undefined;
  }
}

function idText(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  // Bytes were read one by one; a string beyond ASCII is UTF-8.
  const text = Buffer.from(value, 'latin1').toString('utf8');
  if (/^-?\d+$/.test(text)) return text;
  try {
    return typeof JSON.parse(text) === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openArray = 0x5b;
const backslash = 0x5c;
const closeArray = 0x5d;
const open = 0x7b;
const close = 0x7d;
