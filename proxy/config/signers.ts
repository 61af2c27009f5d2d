import type { YamlSource } from '../../engine/yaml/read.ts';
import { SourceError } from '../../engine/yaml/source-error.ts';
import { parseKeyIdentifier } from '../key-vault/identifier.ts';
import type { KeyVaultConfig } from '../key-vault/types.ts';
import type { Config, KeyConfig } from './types.ts';

/** What schema.json cannot say of the keys that sign the log. Throws SourceError. */
export function checkSigners(source: YamlSource, { audit: { signer } }: Config): void {
  const refuse = (path: string, message: string): never => {
    const place = source.place(`/${path.replaceAll('.', '/')}`);
    throw new SourceError('WRIT_CONFIG_INVALID', [
      { file: source.file, text: source.text, ...place, message: `${path} ${message}` },
    ]);
  };
  check(signer, 'audit.signer', refuse);
  if (signer.previous !== undefined && signer.previous !== 'lost') {
    check(signer.previous, 'audit.signer.previous', refuse);
  }
}

type Refuse = (path: string, message: string) => never;

function check({ key_file, key_vault }: KeyConfig, path: string, refuse: Refuse): void {
  if ((key_file === undefined) === (key_vault === undefined)) {
    refuse(path, 'must have one of key_file and key_vault');
  }
  if (key_vault === undefined) return;
  const { version } = parseKeyIdentifier(key_vault.key) ?? {};
  if (version === undefined) {
    refuse(
      `${path}.key_vault.key`,
      'must end in the version of the key, so that nothing done in the vault changes who signs; ' +
        `\`az keyvault key show --id ${key_vault.key} --query key.kid -o tsv\` prints it`,
    );
  }
  const lacking = needed[key_vault.credential].filter((name) => key_vault[name] === undefined);
  if (lacking.length > 0) refuse(`${path}.key_vault`, `needs ${lacking.join(', ')} for ${key_vault.credential}`);
  const idle = optional.filter((name) => key_vault[name] !== undefined && !taken[key_vault.credential].includes(name));
  if (idle.length > 0) refuse(`${path}.key_vault.${idle[0]}`, `has no meaning for ${key_vault.credential}`);
}

type Option = Exclude<keyof KeyVaultConfig, 'key' | 'credential'>;
const optional: readonly Option[] = ['client_id', 'tenant_id', 'client_secret', 'token_file'];
const needed: Record<KeyVaultConfig['credential'], readonly Option[]> = {
  managed_identity: [],
  workload_identity: [],
  cli: [],
  service_principal: ['client_id', 'tenant_id', 'client_secret'],
};
const taken: Record<KeyVaultConfig['credential'], readonly Option[]> = {
  managed_identity: ['client_id'],
  workload_identity: ['client_id', 'tenant_id', 'token_file'],
  cli: ['tenant_id'],
  service_principal: ['client_id', 'tenant_id', 'client_secret'],
};
