import type { JsonDocument, JsonObject } from '../json/types.ts';
import type { MaskField, Strategy, Withhold } from '../policy/types.ts';
import type { FoundElsewhere } from './find/elsewhere.ts';
import type { MaskMemory } from './memory.ts';

/** How often a mask replaced a node, for the log. */
export interface AppliedMask {
  rule: string;
  strategy: Strategy;
  category: string | null;
  count: number;
}

export interface Masked {
  /** The message as it may be shown; number texts are kept. The input is never changed. */
  document: JsonDocument;
  applied: AppliedMask[];
  /** Content items, metadata and other parts that were withheld because the mask could not look into them. */
  withheld: number;
  /** Whether it is other than it was. */
  changed: boolean;
  /** Rules that refuse what the message holds: it is not to be shown. */
  denied: string[];
}

/** Within what equal values get equal replacements (ENISA 2019: document-randomised up to deterministic). */
export type Scope = 'call' | 'session' | 'tenant';

/** HMAC under a key of the tenant, bound to the scope as well where that is narrower; `tenant` where nothing is said. Returns hex. */
export type KeyedHash = (value: string, scope?: Scope) => string;

/** What a token is made of and for. */
export interface TokenRequest {
  value: string;
  /** What the token says of itself: `email` of `tok_email_...`; a word of a-z. */
  label: string;
  category: string | null;
  purpose: string;
  /** Seconds. */
  expiresIn: number;
}

/** Gives a token that stands for a value: the same one for the same request while it is good. */
export type TokenIssuer = (request: TokenRequest) => string;

export interface MaskContext {
  masks: readonly MaskField[];
  hash: KeyedHash;
  /** What becomes of content that masks cannot look into; withheld where nothing is said and something is masked. */
  withhold?: readonly Withhold[] | undefined;
  /** Where it is missing, a mask that tokenises fails. */
  token?: TokenIssuer | undefined;
  /** Whether a token is one that its reader was given, and is to see again; none is where it is missing. */
  isToken?: ((token: string) => boolean) | undefined;
  /** ISO 3166-1 alpha-2: countries that texts are likely of. */
  regions?: readonly string[] | undefined;
  /** What a detector beside the gateway's own found. Where it is there, a text that it has not looked into is not shown. */
  found?: FoundElsewhere | undefined;
  /** What was masked in other messages of the same call. */
  memory?: MaskMemory | undefined;
  /** Of tools/call: the JSON Schema of structuredContent that the tool declares, which replacements keep to. */
  outputSchema?: JsonObject | undefined;
  /** Steps that may yet be taken to keep to it in this message; no bound where it is missing. */
  work?: { left: number } | undefined;
  /** Of resources/read: the URI the caller asked for, which it knows. Any other is withheld. */
  uri?: string | undefined;
  /** Of tasks/get and tasks/result: the method of the call that the task answers; tools/call where nothing is said. */
  taskOf?: string | undefined;
}
