import { errors } from 'jose';
import type { Config } from '../../proxy/config/types.ts';
import { issuerKeys } from '../../proxy/identity/keys.ts';
import { attempt, type Finding, inTime, ok, warn } from './finding.ts';

/** Has the keys of each issuer fetched the way the gateway does, by asking for one that nobody has. */
export async function lookAtIssuers({ identity }: Config): Promise<Finding[]> {
  if (identity.issuers.length === 0) {
    const help = 'Name an issuer in identity.issuers; without one no caller has a name.';
    return [warn('issuers', 'writ.yaml has none', help)];
  }
  const each = identity.issuers.map((issuer) => {
    const check = `issuer ${new URL(issuer.issuer).host}`;
    const help =
      'Check identity.issuers in writ.yaml: the issuer is exactly the `iss` of its tokens; `jwks` may name its keys.';
    return attempt(check, help, async () => {
      const nobody = { alg: 'ES256', kid: 'writ-doctor' };
      await inTime(
        Promise.resolve(issuerKeys(issuer)(nobody, { payload: '', signature: '' })).catch((cause: unknown) => {
          if (cause instanceof errors.JWKSNoMatchingKey || cause instanceof errors.JWKSMultipleMatchingKeys) return;
          throw cause;
        }),
      );
      return [ok(check, 'its keys can be had')];
    });
  });
  return (await Promise.all(each)).flat();
}
