import type { Json, JsonObject } from '../json/types.ts';

/** The two questions a bundle answers: may this message pass, and may this result be shown. */
export type Entrypoint = 'writ/decision' | 'writ/result/decision';

export type Effect = 'allow' | 'require-approval' | 'deny';
/** What people are shown: an allow that masks is a verdict of its own. */
export type Verdict = Effect | 'mask-fields';

export type IdentityKind = 'human' | 'workload' | 'agent' | 'human-via-agent' | 'anonymous';

/** Who calls, normalised from token claims. `id` is stable and unique within `tenant`. */
export type Identity = {
  kind: IdentityKind;
  id: string;
  tenant: string;
  groups: string[];
  roles: string[];
  scopes: string[];
  client: string | null;
  actor: JsonObject | null;
  claims: JsonObject;
};

export type Direction = 'to-server' | 'to-client';

/** `input` of both entrypoints; policies/schema/input.json is its JSON Schema. Names are snake_case, as in Rego. */
export type PolicyInput = {
  contract: 1;
  /** RFC 3339, UTC, milliseconds. The only clock a policy has. */
  now: string;
  server: { name: string; labels: Record<string, string> };
  call: {
    id: string;
    method: string;
    direction: Direction;
    /** True for the prospective call that decides whether a tool is listed; it has no arguments. */
    listing: boolean;
    tool?: string;
    prompt?: string;
    uri?: string;
    arguments?: JsonObject;
    hash?: string;
  };
  tool: null | { declared: JsonObject; fingerprint: string; pinned: 'yes' | 'new' | 'changed' };
  identity: Identity;
  client: { name: string | null; version: string | null; protocol_version: string | null; address: string | null };
  session: { id: string | null };
  subjects: { restricted: boolean };
  purpose: string | null;
  approval: null | { id: string; at: string; approved_by: { id: string; at: string; memberships: string[] }[] };
  result: null | { is_error: boolean; bytes: number; mime_types: string[]; facts: JsonObject };
  gateway: { name: string; environment: string };
};

export type Strategy =
  | 'redact'
  | 'partial'
  | 'null'
  | 'drop'
  | 'hash'
  | 'pseudonym'
  | 'tokenise'
  | 'generalise'
  | 'shift';

/** One mask, after lib has expanded categories over the catalogue. It has exactly one of `path`, `detect` and `pattern`. */
export interface MaskField {
  rule: string;
  on: 'result' | 'arguments' | 'both';
  /** An RFC 9535 query: what stands there is masked. */
  path?: string;
  /** A fideslang category: what detectors find of it, and below it, is masked wherever it stands. */
  detect?: string;
  /** A regular expression of RE2: what it matches in any text is masked. */
  pattern?: string;
  category: string | null;
  strategy: Strategy;
  options: JsonObject;
}

/** Where in the arguments tokens of this purpose stand for what they were made of, and of which category. */
export interface Detokenise {
  rule: string;
  /** An RFC 9535 query. */
  path: string;
  /** A fideslang category, which those below it are of as well; null for all. */
  category: string | null;
  purpose: string;
}

/** What becomes of content that masks cannot look into. `mime_type` may end in `/*`; `*` is any, and content without one. */
export interface Withhold {
  rule: string;
  mime_type: string;
  action: 'allow' | 'withhold' | 'deny';
}

export interface ApprovalRequirement {
  rule: string;
  approvers: string[];
  quorum: number;
  pending_for: string;
  grant_for: string;
  uses: number;
  reason_required: boolean;
}

export interface Obligation {
  rule: string;
  purpose: string | null;
  legal_basis: string | null;
  data_categories: string[];
  retention: string | null;
  record: 'full' | 'masked' | 'metadata';
}

/** What a bundle answers; policies/schema/decision.json is its JSON Schema. Unknown fields are refused. */
export interface Decision {
  effect: Effect;
  rules: string[];
  reasons: { rule: string; message: string }[];
  mask_fields: MaskField[];
  /** Missing in what bundles of before answer, as none. */
  detokenise?: Detokenise[];
  /** Missing in what bundles of before answer, as none. */
  withhold?: Withhold[];
  approval: { requirements: ApprovalRequirement[] };
  obligations: Obligation[];
}

/** A decision and what reaching it took: fuel units used, and host builtins that could not answer (see meter.ts). */
export interface Evaluation {
  readonly decision: Decision;
  readonly fuel: number;
  readonly unanswered: string[];
}

/** Categories a tool's answer holds, and where, ready to be looked up by a category or any of its ancestors. */
export interface ToolIndex {
  /** As the catalogue declares them, sorted. */
  categories: string[];
  /** `user.contact` -> what is held of it and below it, as [category declared, path], sorted by category. */
  fields: Record<string, [category: string, path: string][]>;
}

/** `data.build`, made by `writ build` from METADATA and OPA's dependency analysis; a bundle without it is refused. */
export interface BuildData {
  contract: 1;
  /** Pack names by server; "*" for packs that name no server. */
  packs: Record<string, string[]>;
  /** Servers for which some rule reads input.result, with the packs that do. */
  result_packs: Record<string, string[]>;
  /** For rules that read what a listing or a first look does not have, and grants that name messages to the client. */
  reads: Record<string, 'arguments' | 'result' | 'to-client'>;
  /** METADATA of each rule, by rule id: title, article, legal facts, and `at` (file:line). */
  rules: Record<string, { title: string | null; at: string; [key: string]: Json }>;
  /**
   * Every part of the input that any rule reads, as dotted paths, sorted: `input.call.tool`. Two inputs that agree in
   * these have the same decision.
   */
  inputs: string[];
  /**
   * Every part of a call's arguments that rules for a server name, by server, "*" for the rest: as in `inputs`, and with
   * what they name behind a computed part: `input.call.arguments.rows.*.amount`.
   */
  arguments: Record<string, string[]>;
  /** The catalogue by server, tool and category; a tool that is not here is as unknown as one without an entry. */
  tools: Record<string, Record<string, ToolIndex>>;
}

/** One tool in `data.catalogue[server][tool]`: what it does, and where its answer holds which category of data. */
export interface CatalogueEntry {
  action: string;
  /** fideslang category -> RFC 9535 paths. */
  holds: Record<string, string[]>;
  /** fact name -> RFC 9535 path into the result, extracted for the second look. */
  facts?: Record<string, string>;
  [key: string]: Json | undefined;
}
export type Catalogue = Record<string, Record<string, CatalogueEntry>>;
