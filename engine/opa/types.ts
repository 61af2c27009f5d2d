import type { Json } from '../json/types.ts';

/** Something wrong in a source file, as OPA or a contract check found it. `row` and `column` count from 1. */
export interface Diagnostic {
  severity: 'error' | 'warning';
  /** OPA's code (`rego_parse_error`, `rego_type_error`, ...) or the name of a contract check (`negation_trap`, ...). */
  code: string;
  message: string;
  /** Path as given to the command; null where OPA names none. */
  file: string | null;
  row: number | null;
  column: number | null;
  /** The source line, where the file could be read. */
  source: string | null;
}

/** What an OPA command comes to: its value, or why OPA refused; then there is at least one diagnostic. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; diagnostics: Diagnostic[] };

/** METADATA of a package or rule as OPA parses it; keys OPA does not know are in `unknown`. */
export interface Annotations {
  title: string | null;
  description: string | null;
  scope: string;
  entrypoint: boolean;
  custom: Record<string, Json>;
}

/** One rule (all its bodies together) and what it reads, through every helper it calls. */
export interface AnalysedRule {
  /**
   * `policies.gdpr.deny.health_data`, without `data.`. A variable in the head ends the path with `*`; a part that is no
   * identifier is a JSON string (`policies.gdpr.deny."a.b"`).
   */
  path: string;
  /** `policies.gdpr` */
  package: string;
  file: string;
  row: number;
  column: number;
  /** True where any body is `default`. */
  isDefault: boolean;
  annotations: Annotations | null;
  /**
   * Base documents the rule depends on: `input.call.tool`, `data.catalogue.*.*.holds`; a computed part is `*` and may be
   * any key, a part that is no identifier is JSON (`input.call.arguments."a-b"`). A rule that reads a document reads all
   * beneath it: `input.call` stands for `input.call.arguments` too.
   */
  reads: string[];
  /** String constants in the rule's own values and bodies, for checks of names against the catalogue. */
  strings: string[];
  /** Its values, of all bodies and their else branches, as far as the text tells them. */
  values: Written[];
}

/** A value as it stands in a rule. What only evaluation tells has none of `constant`, `array` and `object`. */
export interface Written {
  constant?: Json;
  array?: Written[];
  object?: { key: Written; value: Written }[];
}

export interface AnalysedPackage {
  path: string;
  file: string;
  row: number;
  annotations: Annotations | null;
}

/** A METADATA key OPA does not define; OPA itself ignores it in silence. */
export interface UnknownMetadata {
  key: string;
  file: string;
  row: number;
}

/**
 * A `not` that does not fire when something inside it is undefined, because OPA evaluates that first, outside the `not`.
 * The ways out: a helper rule (`not from_the_eu`), or `import future.keywords.not` in the file.
 */
export interface NegationTrap {
  file: string;
  row: number;
  column: number;
  /** The reference or call that may be undefined. */
  culprit: string;
}

/** What one native pass over all sources finds; made by `analyse` in analyse.go. */
export interface Analysis {
  packages: AnalysedPackage[];
  rules: AnalysedRule[];
  unknownMetadata: UnknownMetadata[];
  negationTraps: NegationTrap[];
}
