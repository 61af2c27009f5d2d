import { readFile } from 'node:fs/promises';
import { WritError } from '../../engine/errors.ts';
import { whyUnusable } from '../../engine/file-errors.ts';
import { readBundle } from '../../engine/policy/bundle.ts';
import { activate, type Policy } from '../../engine/policy/evaluate.ts';
import { readKeys } from '../../proxy/bundles/policy-source.ts';
import type { Config } from '../../proxy/config/types.ts';
import { attempt, type Finding, ok, warn } from './finding.ts';

/** Loads the bundle as the gateway does, with its probe decision; nothing is archived or recorded. */
export async function lookAtBundle({ policy }: Config): Promise<{ findings: Finding[]; policy: Policy | undefined }> {
  let loaded: Policy | undefined;
  const help = 'Build it with `writ build`, signed if policy.verify is set, and put it where policy.bundle says.';
  const findings = await attempt('bundle', help, async () => {
    const bytes = await readFile(policy.bundle).catch((cause: unknown) => {
      throw new WritError('WRIT_BUNDLE_INVALID', whyUnusable(policy.bundle, cause), { cause });
    });
    const verification = await readKeys(policy.verify);
    loaded = activate(readBundle(bytes, verification === undefined ? {} : { verify: verification }));
    const named = loaded.revision === null ? loaded.digest : `revision ${loaded.revision}`;
    const said = `${named}, ${Object.keys(loaded.build.rules).length} rules`;
    if (verification !== undefined) return [ok('bundle', `${said}, signature verified`)];
    const advice = 'Sign it with `writ build --signing-key` and name the public key in policy.verify.';
    return [warn('bundle', `${said}; it is not signed, so whoever can write the file decides`, advice)];
  });
  return { findings, policy: loaded };
}
