import { fromBytes, toBytes } from './byte-text.ts';
import { parseAddress } from './ip.ts';
import { NoAnswer, text } from './operands.ts';
import type { Builtins } from './term.ts';
import { percentDecode, percentEncode } from './url-escapes.ts';

/** URLs as Go's net/url reads them. */
export const uri: Builtins = {
  'uri.is_valid': ([operand]) => typeof operand === 'string' && operand !== '' && isValid(toBytes(operand)),
  'uri.parse': ([operand]) => {
    const found = new Map<string, string>();
    for (const [name, bytes] of Object.entries(parse(toBytes(text(operand))))) {
      if (bytes !== '') found.set(name, fromBytes(bytes));
    }
    return found;
  },
};

/** The members of OPA's answer, in bytes. An empty one is left out. */
interface Parts {
  readonly scheme: string;
  readonly hostname?: string;
  readonly port?: string;
  readonly path?: string;
  readonly raw_path?: string;
  readonly raw_query: string;
  readonly fragment: string;
}

function isValid(bytes: string): boolean {
  try {
    parse(bytes);
    return true;
  } catch (cause) {
    if (cause instanceof NoAnswer) return false;
    throw cause;
  }
}

function parse(bytes: string): Parts {
  const [url, hash] = cut(bytes, '#');
  if ([...url].some((byte) => byte < ' ' || byte === '\x7f')) throw new NoAnswer();
  const fragment = percentDecode(hash, 'fragment');
  if (url === '*') return { scheme: '', path: '*', raw_path: '*', raw_query: '', fragment };
  const [scheme, hierarchy] = cutScheme(url);
  const [rest, raw_query] = cut(hierarchy, '?');
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { scheme, raw_query, fragment }; // opaque, as in mailto:
    // RFC 3986, 4.2: else the first part would be taken for a scheme.
    if (cut(rest, '/')[0].includes(':')) throw new NoAnswer();
  }
  const hasAuthority = rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'));
  const slash = hasAuthority ? rest.indexOf('/', 2) : 0;
  const written = slash < 0 ? '' : rest.slice(slash);
  const host = hasAuthority ? parseAuthority(scheme, rest.slice(2, slash < 0 ? undefined : slash)) : '';
  const path = percentDecode(written, 'path');
  const raw_path = percentEncode(path, 'path') === written ? path : written;
  return { scheme, ...splitPort(host), path, raw_path, raw_query, fragment };
}

/** What stands before the first `mark`, and what behind it. */
function cut(bytes: string, mark: string): [before: string, behind: string] {
  const at = bytes.indexOf(mark);
  return at < 0 ? [bytes, ''] : [bytes.slice(0, at), bytes.slice(at + 1)];
}

function cutScheme(url: string): [scheme: string, rest: string] {
  if (url.startsWith(':')) throw new NoAnswer();
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(url)?.[1];
  return scheme === undefined ? ['', url] : [scheme.toLowerCase(), url.slice(scheme.length + 1)];
}

/** The host with its port. Who the user is said to be is looked at, as it may be wrong, and not told. */
function parseAuthority(scheme: string, authority: string): string {
  const at = authority.lastIndexOf('@');
  const host = parseHost(scheme, authority.slice(at + 1));
  const user = at < 0 ? '' : authority.slice(0, at);
  if (/[^A-Za-z0-9\-._:~!$&'()*+,;=%@]/.test(user)) throw new NoAnswer();
  percentDecode(user, 'user');
  return host;
}

function parseHost(scheme: string, host: string): string {
  const bracket = host.lastIndexOf('[');
  if (bracket > 0) throw new NoAnswer();
  if (bracket === 0) return parseLiteral(host);
  const first = host.indexOf(':');
  // Elsewhere several hosts with their ports may stand side by side; databases do so.
  const colon = scheme === 'http' || scheme === 'https' ? first : host.lastIndexOf(':');
  if (colon >= 0 && !isPort(host.slice(colon))) throw new NoAnswer();
  return percentDecode(host, 'host');
}

/** RFC 3986, 3.2.2 and RFC 6874: `[fe80::1%25en0]:80`. */
function parseLiteral(host: string): string {
  const end = host.lastIndexOf(']');
  const port = host.slice(end + 1);
  if (end < 0 || !isPort(port)) throw new NoAnswer();
  const written = host.slice(1, end);
  const zone = written.indexOf('%25');
  const name =
    zone < 0
      ? percentDecode(written, 'host')
      : percentDecode(written.slice(0, zone), 'host') + percentDecode(written.slice(zone), 'zone');
  const percent = name.indexOf('%');
  const address = parseAddress(percent < 0 ? name : name.slice(0, percent));
  if (address?.length !== 16 || percent === name.length - 1) throw new NoAnswer();
  return `[${name}]${port}`;
}

function isPort(bytes: string): boolean {
  return /^(?::[0-9]*)?$/.test(bytes);
}

function splitPort(host: string): { hostname: string; port: string } {
  const colon = host.lastIndexOf(':');
  const hasPort = colon >= 0 && isPort(host.slice(colon));
  const hostname = hasPort ? host.slice(0, colon) : host;
  const bare = hostname.startsWith('[') && hostname.endsWith(']') ? hostname.slice(1, -1) : hostname;
  return { hostname: bare, port: hasPort ? host.slice(colon + 1) : '' };
}
