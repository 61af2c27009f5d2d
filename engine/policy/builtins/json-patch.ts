import { identity } from './compare.ts';
import { plant, type Tree } from './edit-tree.ts';
import { array, NoAnswer, object, text } from './operands.ts';
import { type Builtins, type Charge, isArray, isMap, isSet, type Term } from './term.ts';

/** RFC 6902 as OPA has it: values and keys of any kind, and paths that may be arrays of keys. */
export const jsonPatch: Builtins = {
  'json.patch': ([document = null, operations], charge) => {
    const patched = new Patched(document, charge);
    for (const operation of array(operations)) {
      const members = object(operation);
      patched.apply(text(members.get('op')), (name) => members.get(name));
    }
    return patched.value();
  },
};

type Path = readonly Term[];
type Members = (name: string) => Term | undefined;

class Patched {
  #root: Tree | undefined;
  readonly #charge: Charge;

  constructor(document: Term, charge: Charge) {
    this.#root = plant(document, charge);
    this.#charge = charge;
  }

  value(): Term {
    if (this.#root === undefined) throw new NoAnswer();
    return this.#root.render();
  }

  apply(operation: string, member: Members): void {
    const path = readPath(member('path'));
    if (operation === 'remove') this.#remove(path);
    else if (operation === 'test') this.#test(path, member('value'));
    else this.#add(path, this.#valueOf(operation, path, member));
  }

  /** What is to be added, after what has to go for it is gone. */
  #valueOf(operation: string, path: Path, member: Members): Term | undefined {
    if (operation === 'add') return member('value');
    if (operation === 'replace') {
      this.#remove(path);
      return member('value');
    }
    if (operation !== 'move' && operation !== 'copy') throw new NoAnswer();
    const from = readPath(member('from'));
    const value = this.#get(from);
    if (operation === 'move') this.#remove(from);
    return value;
  }

  #test(path: Path, expected: Term | undefined): void {
    if (expected === undefined || identity(this.#get(path)) !== identity(expected)) throw new NoAnswer();
  }

  /** Charged by its size, as what is copied once may be copied with its copy the next time. */
  #get(path: Path): Term {
    const value = this.#at(path).render();
    chargeSize(value, this.#charge);
    return value;
  }

  #add(path: Path, value: Term | undefined): void {
    const key = path.at(-1);
    if (value === undefined) throw new NoAnswer();
    if (key === undefined) this.#root = plant(value, this.#charge);
    else this.#at(path.slice(0, -1)).insert(key, value);
  }

  #remove(path: Path): void {
    const key = path.at(-1);
    const holder = this.#at(path.slice(0, -1));
    if (key === undefined) this.#root = undefined;
    else holder.remove(key);
  }

  #at(path: Path): Tree {
    let tree = this.#root;
    for (const key of path) tree = tree?.child(key);
    if (tree === undefined) throw new NoAnswer();
    return tree;
  }
}

/** A pointer of RFC 6901, which here may go without its first slash or have several, or its keys. */
function readPath(path: Term | undefined): Path {
  if (isArray(path)) return path;
  const pointer = text(path);
  if (pointer === '') return [];
  return pointer
    .replace(/^\/+/, '')
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function chargeSize(value: Term, charge: Charge): void {
  charge(1 + (typeof value === 'string' ? value.length : 0));
  const parts = isMap(value) ? [...value].flat(1) : isArray(value) || isSet(value) ? value : [];
  for (const part of parts) chargeSize(part, charge);
}
