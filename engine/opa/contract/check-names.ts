import type { Catalogue } from '../../policy/types.ts';
import { dataCategories } from './fideslang.ts';
import { type Finding, finding } from './finding.ts';
import type { Pack } from './packs.ts';
import { readsAny } from './reads.ts';

/** Names of servers, tools and categories that nothing has: a rule about one never fires, and a mask of one hides nothing. */
export function checkNames(
  packs: readonly Pack[],
  catalogue: Catalogue,
  sources: ReadonlyMap<string, string>,
): Finding[] {
  return packs.flatMap((pack) => {
    const governed = pack.servers ?? Object.keys(catalogue);
    const known: Known = {
      name: new Set(governed),
      tool: new Set(governed.flatMap((server) => Object.keys(catalogue[server] ?? {}))),
    };
    const files = new Set(pack.rules.map(({ file }) => file));
    return [
      ...checkServers(pack, catalogue),
      ...checkCategories(pack),
      ...[...files].flatMap((file) => checkComparisons(file, sources.get(file) ?? '', known)),
    ];
  });
}

function checkServers({ servers, declaration }: Pack, catalogue: Catalogue): Finding[] {
  return (servers ?? [])
    .filter((server) => !Object.hasOwn(catalogue, server))
    .map((server) => finding(declaration, 'unknown_server', `The catalogue has no server \`${server}\`.`));
}

/** Only in rules that ask what a tool holds, or mask: elsewhere `user.read` may well be a scope. */
function checkCategories({ rules }: Pack): Finding[] {
  return rules
    .filter(
      (rule) =>
        /\.(?:mask_fields|detokenise)\./.test(rule.path) ||
        readsAny(rule, ['data.build.tools', 'data.catalogue']).length > 0,
    )
    .flatMap((rule) =>
      rule.strings
        .filter((text) => looksLikeCategory(text) && !dataCategories.has(text))
        .map((text) => finding(rule, 'unknown_category', `\`${text}\` is no data category of fideslang.`)),
    );
}

/** A text that is meant to be a category wherever it stands. */
export const looksLikeCategory = (text: string): boolean => /^(?:user|system)(?:\.\w+)*$/.test(text);

type Known = Record<'name' | 'tool', ReadonlySet<string>>;

/**
 * Finds what `input.call.tool` and `input.server.name` are compared with in the text: the analysis gives the constants of
 * a rule, but not what each is compared with.
 */
function checkComparisons(file: string, text: string, known: Known): Finding[] {
  const code = text.replace(/^[ \t]*#.*$/gm, (comment) => ' '.repeat(comment.length));
  const found = [...code.matchAll(comparedWith), ...code.matchAll(comparedBefore)];
  return found.flatMap(({ groups: { subject = '', constants = '' } = {}, index }) => {
    const kind = subject.endsWith('tool') ? 'tool' : 'name';
    const names = [...constants.matchAll(/"((?:[^"\\]|\\.)*)"|`([^`]*)`/g)].map(
      ([, quoted, raw]) => quoted ?? raw ?? '',
    );
    const before = code.slice(0, index).split('\n');
    const at = { file, row: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    return names
      .filter((name) => !known[kind].has(name))
      .map((name) =>
        kind === 'tool'
          ? finding(at, 'uncatalogued_tool', `No server this pack governs has a tool \`${name}\` in the catalogue.`)
          : finding(at, 'unknown_server', `This pack does not govern a server \`${name}\`, or the catalogue has none.`),
      );
  });
}

const subject = String.raw`(?<subject>input\.(?:call\.tool|server\.name))`;
const string = '(?:"(?:[^"\\\\]|\\\\.)*"|`[^`]*`)';
const comparedWith = new RegExp(
  String.raw`${subject}\s*(?:(?:==|!=)\s*(?<constants>${string})|in\s*[{[](?<constants>[^}\]]*)[}\]])`,
  'g',
);
const comparedBefore = new RegExp(String.raw`(?<constants>${string})\s*(?:==|!=)\s*${subject}`, 'g');
