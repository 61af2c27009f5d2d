import { EVENT_ID, type Event, getScalarValue, parseEvents } from 'js-yaml';

/** Counted from 1. */
export interface Place {
  row: number;
  column: number;
}

export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return { row: before.split('\n').length, column: offset - start + 1 };
}

/** Offsets of every value and every key of a well-formed document, by JSON Pointer. */
export function positions(text: string): { keys: Map<string, number>; values: Map<string, number> } {
  const keys = new Map<string, number>();
  const values = new Map<string, number>();
  const events = parseEvents(text, {}).values();
  const next = (): Event => {
    const { value } = events.next();
    // A document that was loaded has balanced events.
    return value ?? { type: EVENT_ID.POP };
  };

  function walk(event: Event, pointer: string): void {
    const offset = offsetOf(event);
    if (offset >= 0) values.set(pointer, offset);
    if (event.type === EVENT_ID.SEQUENCE) {
      let index = 0;
      for (let item = next(); item.type !== EVENT_ID.POP; item = next()) walk(item, `${pointer}/${index++}`);
    }
    if (event.type === EVENT_ID.MAPPING) {
      for (let key = next(); key.type !== EVENT_ID.POP; key = next()) {
        const name = key.type === EVENT_ID.SCALAR ? getScalarValue(text, key) : '';
        const child = `${pointer}/${escapeKey(name)}`;
        keys.set(child, offsetOf(key));
        walk(next(), child);
      }
    }
  }

  next();
  walk(next(), '');
  return { keys, values };
}

/** -1 for a value that is not written, as in `key:`. */
function offsetOf(event: Event): number {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart;
  return event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING ? event.start : -1;
}

/** RFC 6901, section 3. */
export function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
