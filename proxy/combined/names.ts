import type { Json } from '../../engine/json/types.ts';
import type { RequestId } from '../mcp/message.ts';

/** A name of one server, or an id or URI of it, as the combined endpoint says it. */
export interface Split<Rest = string> {
  /** Of the configuration, or what stands where its name would. */
  server: string;
  rest: Rest;
}

/** Server names hold no two underscores in a row and end in none (`checkCombined`), so the first two are the border. */
const border = '__';

export function joinName(server: string, name: string): string {
  return `${server}${border}${name}`;
}

/** Undefined for what names no server. Letter case counts, as everywhere. */
export function splitName(said: string): Split | undefined {
  const at = said.indexOf(border);
  return at <= 0 ? undefined : { server: said.slice(0, at), rest: said.slice(at + border.length) };
}

/**
 * RFC 3986, 3.1: a scheme has letters, digits, `+`, `-` and `.`, so that clients which read URIs take `crm+file:///a` for one. An
 * underscore is written as a dot, which no server name holds.
 */
export function joinUri(server: string, uri: string): string {
  return `${server.replaceAll('_', '.')}+${uri}`;
}

export function splitUri(said: string): Split | undefined {
  const at = said.indexOf('+');
  const name = said.slice(0, Math.max(at, 0));
  return at <= 0 || name.includes('_') ? undefined : { server: name.replaceAll('.', '_'), rest: said.slice(at + 1) };
}

/** The id of a request of a server, or a token of its own: several servers count from 0. 1 is not "1". */
export function joinId(server: string, id: RequestId): string {
  return joinName(server, JSON.stringify(id));
}

/** The very id that a server gave. Undefined for any other spelling of it. */
export function splitId(said: Json | undefined): Split<RequestId> | undefined {
  const split = typeof said === 'string' ? splitName(said) : undefined;
  if (split === undefined) return undefined;
  try {
    const id: Json = JSON.parse(split.rest);
    const isId = typeof id === 'string' || typeof id === 'number';
    return isId && JSON.stringify(id) === split.rest ? { server: split.server, rest: id } : undefined;
  } catch {
    return undefined;
  }
}
