import type { IdentityConfig } from '../identity/types.ts';

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
      upstream_connections: number;
      upstream_idle_seconds: number;
    };
  };
  identity: IdentityConfig;
  servers: Record<string, { url: string; labels: Record<string, string>; credentials?: { bearer?: string } }>;
  policy: { bundle: string; poll_seconds: number; verify?: { keys: { file: string; id?: string }[] } };
  audit: { directory: string; origin: string; signer: { key_file: string }; master_key_file: string };
}
