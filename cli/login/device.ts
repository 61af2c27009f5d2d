import { setTimeout } from 'node:timers/promises';
import { WritError } from '../../engine/errors.ts';
import type { Json, JsonObject } from '../../engine/json/types.ts';
import type { AuthorizationServer } from './discover.ts';
import { type OAuthHttp, trustedUrl } from './oauth-http.ts';
import { errorOf, readTokens, type Tokens } from './token-answer.ts';

/** What a person has to do. Both URLs are https, or of this machine. */
export interface Invitation {
  code: string;
  url: string;
  /** With the code in it already. */
  whole: string | undefined;
  /** How long the code is good. */
  seconds: number;
}

export interface DeviceRequest {
  http: OAuthHttp;
  endpoint: URL;
  server: AuthorizationServer;
  clientId: string;
  scope: string | undefined;
  /** RFC 8707; undefined where the authorization server wants none. */
  resource: string | undefined;
  invite(invitation: Invitation): void;
  signal?: AbortSignal;
}

const grant = 'urn:ietf:params:oauth:grant-type:device_code';
/** RFC 8628 section 3.2 and 3.5. */
const usualSeconds = 5;
const slowerSeconds = 5;
const longestSeconds = 3600;

function failed(detail: string): WritError {
  return new WritError('WRIT_LOGIN_FAILED', detail);
}

/** Signs a person in by a code (RFC 8628). Rejects with WRIT_LOGIN_FAILED. */
export async function signIn(request: DeviceRequest): Promise<Tokens> {
  const { http, server, clientId, scope, resource, invite, signal } = request;
  if (server.deviceEndpoint === undefined)
    throw failed(`${server.issuer} does not offer to sign in by a code; give a token by --token-file or WRIT_TOKEN.`);
  const target = resource === undefined ? {} : { resource };
  const asked = { client_id: clientId, ...(scope !== undefined && { scope }), ...target };
  const { status, value } = await http.post(server.deviceEndpoint, asked);
  if (status !== 200) throw failed(`The authorization server gives no code: ${errorOf(value)} (HTTP ${status}).`);
  const { device, invitation, interval } = readCode(value, request.endpoint);
  invite(invitation);
  const until = Date.now() + invitation.seconds * 1000;
  const form = { grant_type: grant, device_code: device, client_id: clientId, ...target };
  let seconds = interval;
  while (Date.now() < until) {
    await setTimeout(seconds * 1000, undefined, signal ? { signal } : {}).catch(() => {
      throw failed('It was broken off.');
    });
    const answer = await http.post(server.tokenEndpoint, form).catch(() => undefined);
    if (answer?.status === 200) return readTokens(answer.value, Date.now());
    const error = answer === undefined || answer.status >= 500 ? 'unreachable' : errorOf(answer.value);
    if (error === 'slow_down') seconds += slowerSeconds;
    // RFC 8628 section 3.5: where nobody answers, wait longer each time.
    else if (error === 'unreachable') seconds = Math.min(seconds * 2, 60);
    else if (error === 'access_denied') throw failed('It was declined.');
    else if (error === 'expired_token') break;
    else if (error !== 'authorization_pending') throw failed(`The authorization server says ${error}.`);
  }
  throw failed('The code was not used in time.');
}

function readCode(value: JsonObject, gateway: URL) {
  const { device_code: device, user_code: code, interval, expires_in: expires } = value;
  const url = trustedUrl(value.verification_uri, gateway);
  // Both go to a terminal: nothing that a terminal would obey.
  if (typeof device !== 'string' || typeof code !== 'string' || !/^[\x21-\x7e]{1,64}$/.test(code) || url === undefined)
    throw failed('The authorization server gave no code that can be used.');
  const whole = trustedUrl(value.verification_uri_complete, gateway)?.href;
  const seconds = Math.min(positive(expires) ?? 900, longestSeconds);
  return { device, interval: positive(interval) ?? usualSeconds, invitation: { code, url: url.href, whole, seconds } };
}

function positive(value: Json | undefined): number | undefined {
  return typeof value === 'number' && value > 0 && value <= longestSeconds ? value : undefined;
}
