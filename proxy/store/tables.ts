/**
 * Rows of the store. Every table but `revisions` has the tenant in its key; times are RFC 3339 in UTC, as text; JSON is
 * text. Nothing here is personal data but `pinned_by`, the name of an operator, and what `sealed` keeps encrypted.
 */
export interface Tables {
  tool_pins: ToolPinRow;
  tool_sightings: ToolSightingRow;
  value_tokens: ValueTokenRow;
  revisions: RevisionRow;
}

/** A declaration that somebody agreed to. Retired ones stay, to show what once held. */
export interface ToolPinRow {
  tenant: string;
  server: string;
  name: string;
  /** SHA-256, hexadecimal, of engine/tools/fingerprint. */
  fingerprint: string;
  /** The members that the fingerprint is of, in RFC 8785. */
  declaration: string;
  state: 'pinned' | 'retired';
  pinned_at: string;
  pinned_by: string;
  /** The entry of the log that says so: its origin and index. */
  log_origin: string | null;
  log_index: number | null;
}

/** A declaration that a gateway was shown and nobody had agreed to. */
export interface ToolSightingRow {
  tenant: string;
  server: string;
  name: string;
  fingerprint: string;
  declaration: string;
  first_seen_at: string;
  last_seen_at: string;
}

/** A token that stands for a value. What is here lets nobody use it: the token itself is not, and `sealed` needs the master key. */
export interface ValueTokenRow {
  tenant: string;
  /** HMAC-SHA-256 of the token under a key of the tenant, in hex. */
  id: string;
  /** HMAC of who it was given to, as the log has it in `subject`. */
  caller: string;
  purpose: string;
  category: string | null;
  label: string;
  /** The value, as `TokenCipher` seals it; null once the token is revoked. */
  sealed: string | null;
  issued_at: string;
  expires_at: string;
  revoked_at: string | null;
}

/** A number that goes up with each write to a subject, so that a poll is one small read. */
export interface RevisionRow {
  subject: 'tool_pins' | 'value_tokens';
  revision: number;
}
