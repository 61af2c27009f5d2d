import { replaced, type View } from './view.ts';

/** Addresses as they are said: `ana [at] example [dot] com`, `ana AT example DOT com`, `ana arroba example punto com`. */
export function spokenAddresses(view: View): View | undefined {
  if (!sign.test(view.text)) return undefined;
  const dotted = replaced(view, bracketed, read, 'signs in words') ?? view;
  const spoken = plain.test(dotted.text)
    ? replaced(dotted, each, ([, dot]) => (dot === undefined ? '@' : '.'), 'signs in words')
    : undefined;
  return spoken ?? (dotted === view ? undefined : dotted);
}

/** Words that stand for the sign and for nothing else; `at` does where a dot is spelled out, too. */
const SIGN =
  'arroba|chiocciola|malpa|małpa|arobase|kukac|zavináč|snabel-?a|alfakrøll|apenstaartje|klammeraffe|собака|papáki';
const AT = `at|@|ät|${SIGN}`;
const DOT = 'dot|d0t|\\.|punkt|punto|ponto|point|kropka|punt|pont|bod|tečka|piste|točka|точка|teleia|period';
const sign = new RegExp(
  `[[({<*_](?:${AT})[\\])}>*_]|[[({<] {0,2}(?:${AT}|${DOT}) {0,2}[\\])}>]| (?:${SIGN}) | DOT | dot |[a-z0-9](?: {1,3}@ {0,3}| {0,3}@ {1,3})[a-z0-9-]{1,63}\\.[a-z]`,
  'iu',
);
const bracketed = new RegExp(
  `[ \\t]{0,3}(?:[[({<*_]{1,3}[ \\t]{0,2}(?:(${AT})|(${DOT})|(dash|hyphen|minus|underscore))[ \\t]{0,2}[\\])}>*_]{1,3})[ \\t]{0,3}`,
  'giu',
);
const plain = new RegExp(` (?:${SIGN}) |[ _](?:${DOT})[ _]| AT | @|@ `, 'iu');
const each = new RegExp(`[ _]{1,3}(${DOT})[ _]{1,3}|[ _]{1,3}(?:${AT})[ _]{1,3}| {0,3}@ {0,3}`, 'giu');

function read([, at, dot, other]: RegExpExecArray): string {
  return at !== undefined ? '@' : dot !== undefined ? '.' : other === 'underscore' ? '_' : '-';
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [sign, bracketed, plain, each];
