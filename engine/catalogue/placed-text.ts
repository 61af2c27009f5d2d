import type { Json } from '../json/types.ts';

/** A leaf or the name of a member, and where in the text it is written, without the quotes around it. */
export interface Slot<Place> {
  readonly start: number;
  readonly end: number;
  readonly kind: 'leaf' | 'name';
  readonly text: string;
  readonly place: Place;
}

/** How places follow from places: that of an item, and that of a member. */
export interface Descent<Place> {
  item(of: Place, holder: readonly Json[], index: number): Place;
  member(of: Place, holder: Readonly<Record<string, Json>>, name: string): Place;
}

/** A document as compact JSON, with the place of each name and of each text and number in it, in order. */
export function placedText<Place>(value: Json, root: Place, descent: Descent<Place>) {
  const slots: Slot<Place>[] = [];
  const parts: string[] = [];
  let length = 0;
  const write = (text: string) => {
    parts.push(text);
    length += text.length;
  };
  const slot = (kind: Slot<Place>['kind'], of: string | number, place: Place) => {
    const written = JSON.stringify(of);
    const quote = typeof of === 'string' ? 1 : 0;
    const [start, end] = [length + quote, length + written.length - quote];
    slots.push({ start, end, kind, text: String(of), place });
    write(written);
  };
  const each = <Item>(
    open: string,
    items: readonly Item[],
    close: string,
    one: (item: Item, index: number) => void,
  ) => {
    write(open);
    for (const [index, item] of items.entries()) {
      if (index > 0) write(',');
      one(item, index);
    }
    write(close);
  };
  const walk = (item: Json, place: Place): void => {
    if (typeof item === 'string' || typeof item === 'number') slot('leaf', item, place);
    else if (item === null || typeof item === 'boolean') write(String(item));
    else if (Array.isArray(item)) {
      each('[', item, ']', (value, index) => walk(value, descent.item(place, item, index)));
    } else {
      each('{', Object.entries(item), '}', ([name, value]) => {
        slot('name', name, place);
        write(':');
        walk(value, descent.member(place, item, name));
      });
    }
  };
  walk(value, root);
  return { text: parts.join(''), slots };
}
