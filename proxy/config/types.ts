import type { IdentityConfig } from '../identity/types.ts';
import type { KeyVaultConfig } from '../key-vault/types.ts';

/** A key that signs the log: exactly one of the two. */
export interface KeyConfig {
  key_file?: string;
  key_vault?: KeyVaultConfig;
}

export interface SignerConfig extends KeyConfig {
  /** The key before, while the log changes from one to the other; `lost` where nobody has it any more. */
  previous?: KeyConfig | 'lost';
}

/** writ.yaml, validated, with defaults filled in; schema.json describes each key. Paths are absolute. */
export interface Config {
  gateway: {
    name: string;
    environment: string;
    /** `host:port`; port 0 takes any free one. */
    listen: string;
    /** Where callers reach the gateway; without it, the address it listens on. */
    public_url?: string;
    allowed_origins: string[];
    limits: {
      request_bytes: number;
      answer_bytes: number;
      concurrent_calls: number;
      /** Of those, the most for one server. */
      server_calls: number;
      upstream_connections: number;
      upstream_idle_seconds: number;
    };
  };
  identity: IdentityConfig;
  servers: Record<string, { url: string; labels: Record<string, string>; credentials?: { bearer?: string } }>;
  policy: { bundle: string; poll_seconds: number; verify?: { keys: { file: string; id?: string }[] } };
  audit: {
    directory: string;
    origin: string;
    signer: SignerConfig;
    /** Ed25519; beside the master key, unless told, where the signer is a key in a vault. */
    witness_key_file?: string;
    master_key_file: string;
    /** Seconds. */
    max_unsigned_age: number;
  };
}
