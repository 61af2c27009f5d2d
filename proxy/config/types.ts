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

/** How one server is reached: exactly one of `url` and `command`; docs/transports.md has what belongs to which. */
export interface ServerConfig {
  url?: string;
  /** Of a url; without it `streamable-http`. */
  transport?: 'streamable-http' | 'sse';
  /** PEM: the authorities that vouch for this server, and no others. */
  ca_file?: string;
  credentials?: { bearer?: string };
  /** A program and its arguments, to be spoken with over stdio. */
  command?: string[];
  /** Names of variables of the gateway's environment that the program gets. */
  env?: string[];
  /** Absolute; without it the folder of the configuration file. */
  cwd?: string;
  /** Whether what it writes to standard error is in the gateway's messages; without it `off`. */
  stderr?: 'off' | 'log';
  sessions?: { max?: number; max_per_caller?: number; idle_seconds?: number };
  labels: Record<string, string>;
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
    /** Whether all servers are offered at one address too, `/mcp`, besides their own. */
    combined: boolean;
    /** PEM; without it the gateway speaks plain HTTP. With `client_ca_file` every caller must show a certificate of its own. */
    tls?: { cert_file: string; key_file: string; client_ca_file?: string };
    limits: {
      request_bytes: number;
      answer_bytes: number;
      concurrent_calls: number;
      /** Of those, the most for one server. */
      server_calls: number;
      upstream_connections: number;
      upstream_idle_seconds: number;
      /** The longest silence of a server on a stream without an end of its own. */
      stream_idle_seconds: number;
      /** Such streams at once, which do not count among the calls. */
      streams: number;
    };
  };
  identity: IdentityConfig;
  servers: Record<string, ServerConfig>;
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
  masking: {
    /** ISO 3166-1 alpha-2: countries of which texts are likely, where nothing in them says. */
    regions: string[];
    /** Without it, the gateway's own detectors look into texts alone. */
    presidio?: PresidioConfig;
  };
  tokens: {
    /** Good tokens that one caller may hold. */
    per_caller: number;
  };
  /** `sqlite:` and a file; from `readConfig` always there: beside audit.directory, unless told. */
  store?: string;
  telemetry?: TelemetryConfig;
  /** Without it there is no port for metrics and probes. */
  admin?: AdminConfig;
}

/** A Presidio analyzer that looks into texts which `detect` masks bear on. */
export interface PresidioConfig {
  /** Its base URL, without `/analyze`. */
  url: string;
  /** ISO 639-1: of which it has a model. */
  language: string;
  /** 0..1: what it is less sure of does not count. */
  score_threshold: number;
  /** Milliseconds that it has for one text. */
  timeout: number;
  /** What it looks for, by its names; without them, all it knows. */
  entities?: string[];
}

export interface AdminConfig {
  /** `host:port`; port 0 takes any free one. */
  listen: string;
  /** Further `host:port` it may be asked for. */
  hosts: string[];
}

export interface TelemetryConfig {
  service_name: string;
  /** What becomes of W3C baggage, which may hold anything. */
  baggage: 'drop' | 'pass';
  otlp?: {
    /** Base URL of the collector. */
    endpoint: string;
    /** Each with a reference to the environment, as `resolveSecret` reads it, perhaps after a scheme. */
    headers: Record<string, string>;
    /** Share of traces kept. */
    traces: number;
    /** Seconds between two exports; 0 for none. */
    metrics: number;
  };
}
