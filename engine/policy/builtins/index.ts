import { cidr } from './cidr.ts';
import { crypto } from './crypto.ts';
import { encoding } from './encoding.ts';
import { glob } from './glob.ts';
import { graph } from './graph.ts';
import { jsonMarshal } from './json-marshal.ts';
import { jsonPatch } from './json-patch.ts';
import { numbers } from './numbers.ts';
import { objectSubset } from './object-subset.ts';
import { regex } from './regex.ts';
import { semver } from './semver.ts';
import { sprintf } from './sprintf.ts';
import { strings } from './strings.ts';
import type { Builtin, Builtins } from './term.ts';
import { time } from './time.ts';
import { units } from './units.ts';
import { uri } from './uri.ts';
import { urlQuery } from './url-query.ts';
import { uuid } from './uuid.ts';

/** One subject a file; each exports its builtins under OPA's names. */
const subjects: readonly Builtins[] = [
  cidr,
  crypto,
  encoding,
  glob,
  graph,
  jsonMarshal,
  jsonPatch,
  numbers,
  objectSubset,
  regex,
  semver,
  strings,
  time,
  units,
  uri,
  urlQuery,
  uuid,
  sprintf,
];

/**
 * The builtins WebAssembly leaves to its host, as far as they are provided: those whose answer depends on their arguments
 * alone. What is not here is refused when a policy is built, by file and line, and when a bundle is activated, by name.
 */
export const builtins: ReadonlyMap<string, Builtin> = new Map(subjects.flatMap((subject) => Object.entries(subject)));
