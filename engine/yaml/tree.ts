import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE } from 'js-yaml';

/** A value in a YAML text and where it is written: from `start` up to `end`, comments and line ends beside it left out. */
export interface YamlNode {
  readonly kind: 'mapping' | 'sequence' | 'scalar';
  readonly flow: boolean;
  readonly start: number;
  readonly end: number;
  /** Of mappings and sequences, in the order of the text. */
  readonly children: readonly YamlChild[];
}

export interface YamlChild {
  /** Undefined for an item of a sequence. */
  readonly key: string | undefined;
  /** Of the key, or of the dash in a block sequence. */
  readonly start: number;
  /** Behind the colon or dash; the value follows. */
  readonly behind: number;
  readonly node: YamlNode;
}

/** The values of a well-formed text of one document without anchors and tags. */
export function yamlTree(text: string): YamlNode {
  const events = parseEvents(text, {}).values();
  const next = (): Event => events.next().value ?? { type: EVENT_ID.POP };
  next();
  return read(next(), 0);

  /** `from` is where the value may begin at the earliest: behind its colon or dash. */
  function read(event: Event, from: number): YamlNode {
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) return collection(event);
    if (event.type !== EVENT_ID.SCALAR || event.valueStart < 0) return scalar(from, from);
    const { valueStart, valueEnd, style } = event;
    if (style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK) {
      const header = from + text.slice(from).search(/[|>]/);
      return scalar(header, valueEnd - (/\n*$/.exec(text.slice(valueStart, valueEnd))?.[0].length ?? 0));
    }
    const quotes = style === SCALAR_STYLE.PLAIN ? 0 : 1;
    return scalar(valueStart - quotes, valueEnd + quotes);
  }

  function collection(event: Event & { type: typeof EVENT_ID.MAPPING | typeof EVENT_ID.SEQUENCE }): YamlNode {
    const flow = event.style === COLLECTION_STYLE.FLOW;
    const mapping = event.type === EVENT_ID.MAPPING;
    const children: YamlChild[] = [];
    let end = event.start + (flow ? 1 : 0);
    for (let part = next(); part.type !== EVENT_ID.POP; part = next()) {
      const child = mapping ? pair(part, end) : item(part, end, flow);
      children.push(child);
      end = child.node.end;
    }
    if (flow) end = find(/[}\]]/, end) + 1;
    return { kind: mapping ? 'mapping' : 'sequence', flow, start: event.start, end, children };
  }

  function pair(part: Event, from: number): YamlChild {
    const key = read(part, from);
    const behind = find(/:/, key.end) + 1;
    const name = part.type === EVENT_ID.SCALAR ? getScalarValue(text, part) : '';
    return { key: name, start: key.start, behind, node: read(next(), behind) };
  }

  function item(part: Event, from: number, flow: boolean): YamlChild {
    const start = flow ? from : find(/-/, from);
    const behind = flow ? from : start + 1;
    return { key: undefined, start, behind, node: read(part, behind) };
  }

  /** The first such character that is not in a comment. */
  function find(wanted: RegExp, from: number): number {
    for (let at = from; at < text.length; at++) {
      const character = text.charAt(at);
      if (wanted.test(character)) return at;
      if (character === '#') at = text.indexOf('\n', at);
      if (at < 0) break;
    }
    return text.length;
  }
}

function scalar(start: number, end: number): YamlNode {
  return { kind: 'scalar', flow: false, start, end, children: [] };
}
