/** How much of something was reached. */
export interface Share {
  covered: number;
  total: number;
}

/** What the tests of policies reached, in two measures that say different things; docs/cli.md tells them apart. */
export interface Coverage {
  /** Rules named in a decision, on the engine that enforces. */
  rules: Share & { packs: PackCoverage[] };
  /** Lines of Rego that OPA's interpreter evaluated in Rego tests. */
  lines: LineCoverage;
  /** Percent that both measures must reach; null where none was asked for. */
  threshold: number | null;
}

export interface PackCoverage extends Share {
  pack: string;
  rules: RuleCoverage[];
}

export interface RuleCoverage {
  /** `gdpr.deny.health_data` */
  id: string;
  /** `policies/gdpr/health.rego:21` */
  at: string;
  /** Fixtures with a decision that names it. */
  fixtures: number;
  /** Rego tests with a decision that names it; the cases of a data-driven test count as one. */
  rego: number;
}

export interface LineCoverage extends Share {
  /** False where a Rego test fails: OPA measures nothing then. */
  measured: boolean;
  files: FileCoverage[];
}

export interface FileCoverage extends Share {
  file: string;
  /** First and last line of each part that was never evaluated, counted from 1. */
  missed: [first: number, last: number][];
}
