/** A node of the tree of endings, read from the end: by the character before it. */
interface Node {
  readonly before: (Node | undefined)[];
  /** Whether an ending begins here. */
  ending: boolean;
}

/** No ending has a character beyond Latin-1. */
const LAST = 0xff;

/** A test of words for one of the endings, with at least one letter before it. A tree instead of a pattern: nothing to backtrack. */
export function endsInOneOf(list: string): (word: string) => boolean {
  const root: Node = { before: [], ending: false };
  for (const ending of list.split(/\s+/)) {
    let node = root;
    for (let at = ending.length - 1; at >= 0; at--) {
      const next = node.before[ending.charCodeAt(at)] ?? { before: [], ending: false };
      node.before[ending.charCodeAt(at)] = next;
      node = next;
    }
    node.ending = node !== root;
  }
  return (word) => {
    let node: Node | undefined = root;
    for (let at = word.length - 1; at > 0; at--) {
      const code = word.charCodeAt(at);
      node = code > LAST ? undefined : node.before[code];
      if (node === undefined) return false;
      if (node.ending) return true;
    }
    return false;
  };
}
