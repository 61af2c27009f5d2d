import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { WritError } from '../../engine/errors.ts';
import { isObject } from '../../engine/json/types.ts';
import type { Asking } from './message.ts';

/** Versions with an `initialize` and, from 2025-03-26 on, sessions; the newest first. */
export const legacyVersions: readonly string[] = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];
/** The first version without either. */
export const modernVersion = '2026-07-28';
export const supportedVersions = [modernVersion, ...legacyVersions];

export type Era = 'legacy' | 'modern';
export const versionKey = 'io.modelcontextprotocol/protocolVersion';

/** 2026-07-28, transports, "Standard Request Headers", and the tasks extension: which parameter Mcp-Name mirrors. */
export const mirroredName: ReadonlyMap<string, string> = new Map([
  ['tools/call', 'name'],
  ['prompts/get', 'name'],
  ['resources/read', 'uri'],
  ['tasks/get', 'taskId'],
  ['tasks/update', 'taskId'],
  ['tasks/cancel', 'taskId'],
]);

/** This version of MCP is not served; the error's data repeat it, as the specification wants. */
export class UnsupportedVersion extends WritError {
  readonly requested: string;
  readonly supported: readonly string[];

  /** `supported` are those of the era in which it was asked for: no message of one is answered in another. */
  constructor(requested: string, supported: readonly string[]) {
    super('WRIT_VERSION_UNSUPPORTED');
    this.requested = requested;
    this.supported = supported;
  }
}

function mismatch(detail: string): WritError {
  return new WritError('WRIT_HEADER_MISMATCH', detail);
}

/**
 * A mirrored value that is not plain visible ASCII travels as `=?base64?<UTF-8 in base64>?=`. Undefined for what two
 * readers could read differently: another alphabet or padding, bytes that are not UTF-8, bare non-ASCII.
 */
export function decodeMirrored(value: string): string | undefined {
  if (!value.startsWith('=?base64?') || !value.endsWith('?=')) return /^[\t -~]*$/.test(value) ? value : undefined;
  const encoded = value.slice('=?base64?'.length, -'?='.length);
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.toString('base64') === encoded && isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/** A value as a mirrored header has it: as it is where that reads the same for everyone, else in base64. */
export function encodeMirrored(value: string): string {
  const plain = /^[!-~]([ -~]*[!-~])?$/.test(value) && !(value.startsWith('=?base64?') && value.endsWith('?='));
  return plain ? value : `=?base64?${Buffer.from(value, 'utf8').toString('base64')}?=`;
}

function one(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  // Node joins a repeated header by a comma: two values are no mirror of one.
  return Array.isArray(value) ? value.join(', ') : value;
}

/**
 * Whatever reads the headers alone must come to what policy decided on, so a mirror has to be right in either era; in
 * the modern one a request has to have it.
 */
function checkMirrors(message: Asking, headers: IncomingHttpHeaders, required: boolean): void {
  const method = one(headers, 'mcp-method');
  if (method === undefined ? required : method !== message.method) throw mismatch('Mcp-Method differs from the body.');
  const key = mirroredName.get(message.method);
  const name = one(headers, 'mcp-name');
  if (key === undefined || (name === undefined && !required)) return;
  const mirrored = name === undefined ? undefined : decodeMirrored(name);
  if (mirrored === undefined || mirrored !== message.params[key]) throw mismatch('Mcp-Name differs from the body.');
}

function checkModern(message: Asking, version: unknown, header: string | undefined): void {
  // 2026-07-28 gives notifications no version of their own in `_meta`.
  if (version === undefined && message.kind === 'notification') return;
  if (typeof version !== 'string')
    throw new WritError('WRIT_PARAMS_INVALID', `params._meta["${versionKey}"] is missing.`);
  if (header !== version) throw mismatch('MCP-Protocol-Version differs from the body.');
  if (version !== modernVersion) throw new UnsupportedVersion(version, [modernVersion]);
}

function checkLegacy({ method, params }: Asking, header: string | undefined): void {
  if (method === 'initialize') {
    // Negotiation is by the body, and the server's to end: only what it agrees to is looked at.
    if (typeof params.protocolVersion !== 'string')
      throw new WritError('WRIT_PARAMS_INVALID', 'params.protocolVersion must be a string.');
  } else if (header !== undefined && !legacyVersions.includes(header))
    throw new UnsupportedVersion(header, supportedVersions);
}

/**
 * The version a message of the legacy era is in. 2025-06-18 on says it in a header; without one, 2025-03-26 is assumed
 * (2025-06-18, "Protocol Version Header"), or what the session was begun with where that is older.
 */
export function legacyVersionOf({ method, params }: Asking, headers: IncomingHttpHeaders, begunWith?: string): string {
  if (method === 'initialize') return typeof params.protocolVersion === 'string' ? params.protocolVersion : '';
  return one(headers, 'mcp-protocol-version') ?? (begunWith === '2024-11-05' ? begunWith : '2025-03-26');
}

/**
 * Which era a message belongs to, by itself alone: one endpoint serves both at once. A message is modern when it or its
 * header says so. Throws WRIT_VERSION_UNSUPPORTED, WRIT_HEADER_MISMATCH or WRIT_PARAMS_INVALID.
 */
export function eraOf(message: Asking, headers: IncomingHttpHeaders): Era {
  const header = one(headers, 'mcp-protocol-version');
  const meta = message.params._meta;
  const version = isObject(meta) ? meta[versionKey] : undefined;
  const modern = version !== undefined || header === modernVersion;
  if (modern) checkModern(message, version, header);
  else checkLegacy(message, header);
  checkMirrors(message, headers, modern && message.kind === 'request');
  return modern ? 'modern' : 'legacy';
}
