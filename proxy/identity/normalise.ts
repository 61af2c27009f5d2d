import type { JWTPayload } from 'jose';
import { WritError } from '../../engine/errors.ts';
import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import type { Identity, IdentityKind } from '../../engine/policy/types.ts';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Names of groups and roles. A text is one name: a directory may have a group `Not privacy-officer`. */
function names(value: unknown): string[] {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((item): item is string => typeof item === 'string' && item !== '');
}

/** RFC 6749 section 3.3: scopes are parted by spaces. Entra writes `/` where there are none. */
function scopesOf(claims: JsonObject): string[] {
  const scopes = claims.scp ?? claims.scope;
  return names(scopes).flatMap((list) => list.split(' ').filter((word) => word !== '' && word !== '/'));
}

/** Facets of Entra Agent ID: integers parted by spaces, in any order, unknown ones ignored. */
function hasFacet(value: unknown, facet: '11' | '13'): boolean {
  return [value].flat().join(' ').split(/\D+/).includes(facet);
}

function nobody(detail: string): WritError {
  return new WritError('WRIT_TOKEN_INVALID', detail);
}

/**
 * Whether a token stands for a program alone or for somebody who delegated to one. Entra says so in `idtyp`, where it
 * is told to, and Auth0 in `gty`; without them the subject of a program's token is the program: Entra's `oid`, or the
 * client (RFC 9068 section 2.2). A token that names neither what was delegated (scopes) nor what was assigned (roles) is no use.
 */
function subjectOf(claims: JsonObject, client: string | null): 'app' | 'user' {
  const { idtyp, gty, oid, sub } = claims;
  if (idtyp === 'app' || idtyp === 'user') return idtyp;
  if (idtyp !== undefined) throw nobody('Its idtyp is neither app nor user.');
  if (gty === 'client-credentials' || (text(sub) !== null && (sub === oid || sub === client))) return 'app';
  if (scopesOf(claims).length > 0) return 'user';
  // With an oid that is not its sub it is Entra's ID token: somebody signed in, but delegated nothing.
  if (names(claims.roles).length > 0 && oid === undefined) return 'app';
  throw nobody('It has neither idtyp, scp, scope nor roles.');
}

/**
 * What kind of caller a token speaks for. Entra marks agents by facets, 11 an agent and 13 the user account of one,
 * which is no human; other issuers name the acting party in `act` (RFC 8693 section 4.1).
 */
function kindOf(claims: JsonObject, client: string | null): IdentityKind {
  const { act, xms_act_fct, xms_sub_fct, xms_par_app_azp } = claims;
  if (act !== undefined && !isObject(act)) throw nobody('Its act is not an object.');
  const subject = subjectOf(claims, client);
  if (hasFacet(xms_sub_fct, '11') || hasFacet(xms_sub_fct, '13')) return 'agent';
  const byAgent = act !== undefined || xms_par_app_azp !== undefined || hasFacet(xms_act_fct, '11');
  if (byAgent) return subject === 'app' ? 'agent' : 'human-via-agent';
  return subject === 'app' ? 'workload' : 'human';
}

/** More than 200 groups and Entra leaves `groups` out, pointing elsewhere: that is not the same as having none. */
function hasGroupOverage(claims: JsonObject): boolean {
  const { _claim_names: elsewhere, hasgroups } = claims;
  return (isObject(elsewhere) && elsewhere.groups !== undefined) || hasgroups === true || hasgroups === 'true';
}

/** Entra's directory ids; a word would do for two issuers whose URLs hold it. */
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Turns verified claims into `input.identity`. The id is Entra's immutable `tid/oid` where the issuer is of that
 * directory, else `iss|sub`, so that no issuer can name somebody of another; names and addresses (upn, email,
 * preferred_username) are claims like any other and never identify. Throws WRIT_TOKEN_INVALID for a token that names
 * nobody or hides its groups.
 */
export function normaliseClaims(payload: JWTPayload, tenant: string): Identity {
  const claims = payload as { [name: string]: Json };
  if (hasGroupOverage(claims))
    throw nobody('The token has too many groups to carry; assign groups to the application or use roles.');
  const issuer = text(claims.iss) ?? '';
  const tid = text(claims.tid);
  const oid = text(claims.oid);
  const subject = text(claims.sub);
  const inDirectory = tid !== null && oid !== null && guid.test(tid) && issuer.split('/').includes(tid);
  if (!inDirectory && subject === null) throw nobody('The token names no subject.');
  // `cid` is Okta's.
  const client = text(claims.azp) ?? text(claims.appid) ?? text(claims.client_id) ?? text(claims.cid);
  return {
    kind: kindOf(claims, client),
    id: inDirectory ? `${tid}/${oid}` : `${issuer}|${subject}`,
    tenant,
    groups: names(claims.groups),
    roles: names(claims.roles),
    scopes: scopesOf(claims),
    client,
    actor: isObject(claims.act) ? claims.act : null,
    claims,
  };
}

/** The identity of a request without a token, where the configuration lets it reach policy at all. */
export function anonymous(tenant: string): Identity {
  return {
    kind: 'anonymous',
    id: 'anonymous',
    tenant,
    groups: [],
    roles: [],
    scopes: [],
    client: null,
    actor: null,
    claims: {},
  };
}
