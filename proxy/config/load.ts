import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { WritError } from '../../engine/errors.ts';
import { whyUnusable } from '../../engine/file-errors.ts';
import { readYaml, type YamlSource } from '../../engine/yaml/read.ts';
import { SourceError } from '../../engine/yaml/source-error.ts';
import { validateYaml } from '../../engine/yaml/validate.ts';
import { formats } from './formats.ts';
import schema from './schema.json' with { type: 'json' };
import { checkServers, readCombined } from './servers.ts';
import { checkSigners } from './signers.ts';
import type { Config, KeyConfig } from './types.ts';

const validate = new Ajv({ allErrors: true, verbose: true, useDefaults: true, formats }).compile<Config>(schema);
const code = 'WRIT_CONFIG_INVALID';

/** Tokens are told apart by their issuer, so of two entries for one the first would never count. */
function refuseTwinIssuers({ file, text, place }: YamlSource, { identity }: Config): void {
  const seen = new Set<string>();
  for (const [index, { issuer }] of identity.issuers.entries()) {
    const path = ['identity', 'issuers', index, 'issuer'];
    if (seen.has(issuer))
      throw new SourceError(code, [
        {
          file,
          text,
          ...place(`/${path.join('/')}`),
          message: `${path.join('.')} must be of an issuer not yet listed`,
        },
      ]);
    seen.add(issuer);
  }
}

/** Nobody vouches for anonymous callers, so with several tenants there is none that they would belong to. */
function refuseAnonymousAmongTenants({ file, text, place }: YamlSource, { identity }: Config): void {
  if (identity.anonymous === 'deny' || new Set(identity.issuers.map(({ tenant }) => tenant)).size < 2) return;
  const message = 'identity.anonymous must be deny where issuers have several tenants';
  throw new SourceError(code, [{ file, text, ...place('/identity/anonymous'), message }]);
}

/** Text of `writ.yaml` to a Config; `file` names it in messages and is the base of relative paths. */
export function readConfig(text: string, file: string): Config {
  const source = readYaml(text, file, code);
  const config = validateYaml(source, validate, code);
  refuseTwinIssuers(source, config);
  refuseAnonymousAmongTenants(source, config);
  checkSigners(source, config);
  checkServers(source, config);
  const absolute = (path: string) => resolve(dirname(file), path);
  const isUrl = (text: string) => /^https?:/i.test(text);
  const { signer, master_key_file, witness_key_file } = config.audit;
  const key = ({ key_file, key_vault }: KeyConfig): KeyConfig => ({
    ...(key_file !== undefined && { key_file: absolute(key_file) }),
    ...(key_vault && {
      key_vault: { ...key_vault, ...(key_vault.token_file && { token_file: absolute(key_vault.token_file) }) },
    }),
  });
  const { previous } = signer;
  const witness = witness_key_file ?? (signer.key_vault && join(dirname(master_key_file), 'witness.pem'));
  const { tls } = config.gateway;
  return {
    ...config,
    gateway: {
      ...config.gateway,
      combined: readCombined(source, config, config.gateway.combined),
      ...(tls && {
        tls: {
          cert_file: absolute(tls.cert_file),
          key_file: absolute(tls.key_file),
          ...(tls.client_ca_file !== undefined && { client_ca_file: absolute(tls.client_ca_file) }),
        },
      }),
    },
    servers: Object.fromEntries(
      Object.entries(config.servers).map(([name, server]) => [
        name,
        {
          ...server,
          ...(server.ca_file !== undefined && { ca_file: absolute(server.ca_file) }),
          ...(server.command && { cwd: absolute(server.cwd ?? '.') }),
        },
      ]),
    ),
    identity: {
      ...config.identity,
      issuers: config.identity.issuers.map((issuer) =>
        issuer.jwks === undefined || isUrl(issuer.jwks) ? issuer : { ...issuer, jwks: absolute(issuer.jwks) },
      ),
    },
    policy: {
      ...config.policy,
      bundle: absolute(config.policy.bundle),
      ...(config.policy.verify && {
        verify: { keys: config.policy.verify.keys.map((key) => ({ ...key, file: absolute(key.file) })) },
      }),
    },
    store: storeFile(config, absolute),
    audit: {
      ...config.audit,
      directory: absolute(config.audit.directory),
      signer: { ...key(signer), ...(previous && { previous: previous === 'lost' ? previous : key(previous) }) },
      ...(witness !== undefined && { witness_key_file: absolute(witness) }),
      master_key_file: absolute(master_key_file),
      max_unsigned_age: seconds(String(config.audit.max_unsigned_age)),
    },
    masking: {
      ...config.masking,
      ...(config.masking.presidio && {
        presidio: { ...config.masking.presidio, timeout: milliseconds(String(config.masking.presidio.timeout)) },
      }),
    },
    ...(config.telemetry?.otlp && {
      telemetry: {
        ...config.telemetry,
        otlp: { ...config.telemetry.otlp, metrics: seconds(String(config.telemetry.otlp.metrics)) },
      },
    }),
  };
}

/** Beside the log unless told: what several gateways of one machine share does not belong in the directory of one. */
function storeFile({ store, audit }: Config, absolute: (path: string) => string): string {
  return `sqlite:${absolute(store === undefined ? join(dirname(audit.directory), 'writ.db') : store.slice('sqlite:'.length))}`;
}

/** Of a short duration, which schema.json holds to its form. */
function milliseconds(text: string): number {
  return Number.parseInt(text, 10) * (text.endsWith('ms') ? 1 : 1_000);
}

/** Of a duration, which schema.json holds to its form. */
function seconds(text: string): number {
  return text === 'off' ? 0 : Number.parseInt(text, 10) * ({ s: 1, m: 60, h: 3_600 }[text.slice(-1)] ?? 1);
}

/** Reads a configuration file. Throws WRIT_CONFIG_INVALID with a diagnostic a mistake. */
export function loadConfig(file: string): Config {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new WritError(code, whyUnusable(file, cause), { cause });
  }
  return readConfig(text, file);
}

/** Replaces `${env:NAME}` by the variable's value: secrets come from the environment, never from the file. */
export function resolveSecret(reference: string, environment: NodeJS.ProcessEnv): string {
  const name = /^\$\{env:(\w+)\}$/.exec(reference)?.[1] ?? '';
  const value = environment[name];
  if (value === undefined || value === '') throw new WritError(code, `The environment variable ${name} is not set.`);
  // A line break at its end, as a file may leave one, would fail every call.
  if (!/^[!-~]+$/.test(value))
    throw new WritError(code, `The environment variable ${name} holds more than visible ASCII characters.`);
  return value;
}
