/**
 * Every way Writ can fail, as one closed table. `status` is the HTTP status and `rpc` the JSON-RPC error code with which
 * the failure reaches an MCP client; both are absent where a failure only ever reaches the person at the command line.
 * `docs/errors.md` has a line for each, held to this table by a test.
 */
export interface ErrorKind {
  /** What happened, in one sentence, without personal data. */
  readonly title: string;
  /** The way out, for the person who sees it. */
  readonly remedy: string;
  readonly status?: number;
  readonly rpc?: number;
  /** Whether the same request may succeed when repeated unchanged. */
  readonly retriable?: boolean;
}

const kinds = {
  // Strict JSON (engine/json)
  WRIT_JSON_INVALID: {
    title: 'The body is not valid JSON.',
    remedy: 'Send one JSON value in UTF-8 as RFC 8259 defines it.',
    status: 400,
    rpc: -32700,
  },
  WRIT_JSON_ENCODING: {
    title: 'The body is not valid UTF-8, or a string holds a lone surrogate.',
    remedy: 'Encode the body as UTF-8 and pair every surrogate.',
    status: 400,
    rpc: -32700,
  },
  WRIT_JSON_DUPLICATE_KEY: {
    title: 'An object has the same key twice, or keys that differ in case alone.',
    remedy: 'Send each key once; two readers would otherwise see two different messages.',
    status: 400,
    rpc: -32600,
  },
  WRIT_JSON_NUMBER: {
    title: 'A number cannot be held exactly by an IEEE 754 double.',
    remedy: 'Send large or precise numbers as strings.',
    status: 400,
    rpc: -32600,
  },
  WRIT_JSON_DEPTH: {
    title: 'The JSON is nested too deeply.',
    remedy: 'Flatten the message to at most 64 levels.',
    status: 400,
    rpc: -32600,
  },
  WRIT_JSON_TOO_LARGE: {
    title: 'The body is larger than the limit.',
    remedy: 'Send less at once, or raise gateway.limits in writ.yaml.',
    status: 413,
    rpc: -32600,
  },

  // Policy (engine/policy)
  WRIT_BUNDLE_INVALID: {
    title: 'The policy bundle cannot be used.',
    remedy: 'Build it again with `writ build`; the message names the part that is wrong.',
    status: 200,
    rpc: -31503,
  },
  WRIT_BUNDLE_SIGNATURE: {
    title: 'The policy bundle is not signed as policy.verify demands.',
    remedy: 'Sign it with `writ build --signing-key`, or correct policy.verify in writ.yaml.',
  },
  WRIT_POLICY_INPUT: {
    title: 'The policy input does not match its schema.',
    remedy: 'This is a fault in the gateway; report it with the call id.',
    status: 200,
    rpc: -31503,
  },
  WRIT_POLICY_UNDEFINED: {
    title: 'The policy gave no decision.',
    remedy: 'Check that the bundle was built by `writ build` and has the entrypoint.',
    status: 200,
    rpc: -31503,
  },
  WRIT_POLICY_MALFORMED: {
    title: 'The policy gave something that is not a decision.',
    remedy: 'Run `writ check`: a rule gives a value its kind does not allow.',
    status: 200,
    rpc: -31503,
  },
  WRIT_POLICY_BUDGET: {
    title: 'The policy used up its budget of work or memory.',
    remedy: 'Find the loop with `writ explain`; index by object key instead of scanning.',
    status: 200,
    rpc: -31503,
  },
  WRIT_POLICY_FAILED: {
    title: 'The policy could not be evaluated.',
    remedy: 'Reproduce it with `writ explain`; a conflict between two values of one rule is the usual cause.',
    status: 200,
    rpc: -31503,
  },

  // Masking (engine/masking)
  WRIT_MASK_PATH: {
    title: 'A mask names a path that is not an RFC 9535 query.',
    remedy: 'Correct the path in the catalogue or rule; `writ check` names it.',
    status: 200,
    rpc: -31503,
  },
  WRIT_MASK_PATTERN: {
    title: 'A mask names a pattern that is not a regular expression of RE2.',
    remedy: 'Correct the pattern in the rule, or make it smaller.',
    status: 200,
    rpc: -31503,
  },
  WRIT_MASK_FAILED: {
    title: 'The result could not be masked, so it is not shown.',
    remedy: 'Ask the author of the policy to look at the masks for this tool.',
    status: 200,
    rpc: -31503,
  },
  WRIT_MASK_TOKEN_PLACE: {
    title: 'A token stands where it cannot be turned into its value, so nothing was sent.',
    remedy:
      'Give the token unchanged, in an argument of a tool that takes tokens; docs/tokens.md says where they may stand.',
    status: 400,
    rpc: -32602,
  },
  WRIT_MASK_TOKEN_INVALID: {
    title: 'A token is not one that this caller may use here, so nothing was sent.',
    remedy: 'Ask again for what the token stands for, and use the new one; tokens expire and may be revoked.',
    status: 400,
    rpc: -32602,
  },
  WRIT_MASK_TOKEN_LIMIT: {
    title: 'The caller holds as many tokens as one may, so no more are given.',
    remedy:
      'Ask for less at once, wait until some expire, or have some revoked; the limit is tokens.per_caller in writ.yaml.',
    status: 200,
    rpc: -31503,
    retriable: true,
  },
  WRIT_DETECTOR_UNAVAILABLE: {
    title: 'The detector beside the gateway did not say what it finds in a message, so the message is not passed.',
    remedy: 'Try again; if it persists, check masking.presidio in writ.yaml and whether the Presidio analyzer answers.',
    status: 200,
    rpc: -31503,
    retriable: true,
  },

  // Audit (engine/audit, proxy/recorder)
  WRIT_AUDIT_UNAVAILABLE: {
    title: 'The audit log cannot be written, so nothing passes.',
    remedy: 'Free disk space or repair the log directory, then restart the gateway.',
    status: 200,
    rpc: -31503,
    retriable: true,
  },
  WRIT_AUDIT_LOCKED: {
    title: 'Another process writes this audit log.',
    remedy: 'Give each gateway instance its own audit.directory.',
  },
  WRIT_AUDIT_CORRUPT: {
    title: 'The audit log does not verify.',
    remedy: 'Keep the directory as it is for inquiry and start with a new one; the message names the place.',
  },
  WRIT_AUDIT_NO_ENTRY: {
    title: 'The audit log has no such entry.',
    remedy: 'Check the call id or index; what was just recorded is covered by a checkpoint about a second later.',
  },
  WRIT_KEY_INVALID: {
    title: 'A key cannot be read.',
    remedy:
      'Give a P-256 key in PEM, a C2SP verifier key, or for `writ mask` any 16 octets or more; key files must be readable by their owner alone.',
  },
  WRIT_KEY_UNAVAILABLE: {
    title: 'The key that signs the audit log cannot be used.',
    remedy: 'Check the vault, the role of the gateway and that the key is enabled; docs/audit-azure.md has a table.',
  },

  // Shared state (proxy/store)
  WRIT_STORE_UNAVAILABLE: {
    title: 'The store cannot be opened, read or written.',
    remedy: 'Check store in writ.yaml, its folder, space on the disk, and whether another process holds it.',
    status: 200,
    rpc: -31503,
    retriable: true,
  },
  WRIT_STORE_INVALID: {
    title: 'The store is not one of Writ, or is damaged.',
    remedy: 'Put a backup in its place, or move it away: `writ tools pin` fills a new one.',
    status: 200,
    rpc: -31503,
  },
  WRIT_STORE_NEWER: {
    title: 'The store was written by a newer Writ.',
    remedy: 'Use that version or a later one, or put back a backup from before.',
  },
  WRIT_TOOL_UNKNOWN: {
    title: 'No such server or tool.',
    remedy: '`writ tools list` shows what the servers offer.',
  },
  WRIT_PIN_REFUSED: {
    title: 'Nothing was pinned, as nobody agreed.',
    remedy: 'Read the changes and answer y, or add --yes where there is no terminal.',
  },

  // Toolchain and command line (engine/opa, engine/fixtures, cli)
  WRIT_OPA_MISSING: {
    title: 'The OPA toolchain is not built.',
    remedy: 'Run `npm run build:opa` (needs Go), or set WRIT_OPA to an opa binary.',
  },
  WRIT_OPA_NO_SOCKETS: {
    title: 'The OPA inside Writ has no sockets, so it cannot serve.',
    remedy: 'Set WRIT_OPA to an opa binary, or serve MCP with `writ proxy`.',
  },
  WRIT_OPA_FAILED: {
    title: 'OPA refused the policies.',
    remedy: 'Correct what the diagnostics name.',
  },
  WRIT_FILE_UNREADABLE: {
    title: 'A file cannot be read.',
    remedy: 'Check the path and its permissions.',
  },
  WRIT_FILE_UNWRITABLE: {
    title: 'A file cannot be written.',
    remedy: 'Check the path, its permissions and the space on the disk.',
  },
  WRIT_SOURCES_MISSING: {
    title: 'The policies or fixtures are not there.',
    remedy: 'Name a folder or file that holds them; `writ help <command>` has examples.',
  },
  WRIT_SOURCES_INVALID: {
    title: 'A data file of the policies is not as it must be.',
    remedy: 'Correct the file at the place named.',
  },
  WRIT_FIXTURE_INVALID: {
    title: 'A fixture does not match its format.',
    remedy: 'Correct the file at the place named.',
  },
  WRIT_RECORD_INVALID: {
    title: 'A record is not as it must be.',
    remedy:
      'Correct what is named, or say with `--as` what it is; `writ help mask` and `writ help detect` say what is read.',
  },
  WRIT_RECORD_TOO_LARGE: {
    title: 'A text is larger than what detectors look through, so nothing is said of it.',
    remedy: 'Split it into records of at most 4 MiB: a line of text or JSON Lines, or a JSON document.',
  },
  WRIT_UPDATE_REFUSED: {
    title: 'Expectations are not rewritten in CI.',
    remedy: 'Run `writ test --update` where somebody reads what it changes, and commit that; or add --force.',
  },
  WRIT_LISTEN_FAILED: {
    title: 'The address cannot be listened on.',
    remedy: 'Give another with --listen; port 0 takes a free one.',
  },
  WRIT_COMMAND_FAILED: {
    title: 'The command behind `--` did not do its work.',
    remedy: 'Run it alone and see that it starts; `writ record` passes on what it writes to standard error.',
  },
  WRIT_CONFIG_INVALID: {
    title: 'The configuration is not valid.',
    remedy: 'Correct writ.yaml at the place named; docs/operations.md has one to copy.',
  },
  WRIT_TLS_INVALID: {
    title: 'A certificate for TLS, or its key, cannot be used.',
    remedy: 'Give PEM files that belong together where writ.yaml names them; a pair in force stays until then.',
  },

  // Authentication (proxy/identity)
  WRIT_TOKEN_MISSING: {
    title: 'The request carries no bearer token.',
    remedy: 'Get a token from an authorization server named in the resource metadata.',
    status: 401,
    rpc: -31401,
  },
  WRIT_TOKEN_INVALID: {
    title: 'The bearer token is not acceptable.',
    remedy: 'Get a fresh token for this resource; the audience and issuer must be those of this gateway.',
    status: 401,
    rpc: -31401,
  },
  WRIT_ISSUER_UNAVAILABLE: {
    title: 'The keys of the token issuer cannot be had.',
    remedy: 'Try again; the operator should check the issuer and its jwks in writ.yaml.',
    status: 503,
    rpc: -31503,
    retriable: true,
  },

  // A local client and its gateway (cli/bridge, cli/login)
  WRIT_GATEWAY_UNREACHABLE: {
    title: 'The gateway did not answer.',
    remedy: 'Check --gateway or --url, and that the gateway runs; then send the request again.',
    status: 200,
    rpc: -31503,
    retriable: true,
  },
  WRIT_GATEWAY_INVALID: {
    title: 'The gateway answered something that is not MCP.',
    remedy: 'Check that --gateway or --url names a gateway, and no other page in front of it.',
    status: 200,
    rpc: -31503,
  },
  WRIT_LOGIN_NEEDED: {
    title: 'Nobody is signed in at this gateway.',
    remedy: 'Sign in with `writ login` and the same options, in a terminal.',
    status: 200,
    rpc: -31401,
  },
  WRIT_LOGIN_FAILED: {
    title: 'Signing in did not work.',
    remedy: 'Try again; --client-id, --scope and --no-resource must be as the authorization server wants them.',
    status: 200,
    rpc: -31401,
    retriable: true,
  },

  // Transport and protocol (proxy)
  WRIT_NOT_FOUND: {
    title: 'There is no such server or page here.',
    remedy: 'Use <gateway>/<server>/mcp with a server named in writ.yaml.',
    status: 404,
    rpc: -32600,
  },
  WRIT_METHOD_NOT_ALLOWED: {
    title: 'This HTTP method is not served here.',
    remedy: 'Send MCP messages by POST; GET and DELETE are for sessions, where the server has them.',
    status: 405,
    rpc: -32600,
  },
  WRIT_HOST_REFUSED: {
    title: 'The Host or Origin header is not one of this gateway.',
    remedy: 'Use the address in gateway.public_url.',
    status: 403,
    rpc: -32600,
  },
  WRIT_MESSAGE_INVALID: {
    title: 'The body is not one JSON-RPC 2.0 message.',
    remedy: 'Send one request or notification; batches are not part of this protocol version.',
    status: 400,
    rpc: -32600,
  },
  WRIT_PARAMS_INVALID: {
    title: 'The parameters of the request are not as the protocol demands.',
    remedy: 'Correct the parameters named.',
    status: 400,
    rpc: -32602,
  },
  WRIT_NAME_UNKNOWN: {
    title: 'There is no tool, prompt or resource of this name.',
    remedy: 'Use a name as the lists of this endpoint show it, with the server before it; docs/combined.md says how.',
    status: 200,
    rpc: -32602,
  },
  WRIT_ARGUMENT_NAME: {
    title: 'An argument is named as a known one but for letter case.',
    remedy: 'Write each name exactly as the tool declares it; policy reads it as it is written.',
    status: 400,
    rpc: -32602,
  },
  WRIT_ARGUMENTS_INVALID: {
    title: "The arguments do not fit the tool's schema.",
    remedy: 'Correct what is named, as the inputSchema of the tool says, and call again.',
    status: 200,
    rpc: -32602,
  },
  WRIT_TOOL_SCHEMA: {
    title: 'The inputSchema of the tool cannot be used, so its arguments cannot be checked.',
    remedy: 'The operator should have the server corrected; docs/tools.md says which schemas are read.',
    status: 200,
    rpc: -31503,
  },
  WRIT_HEADER_MISMATCH: {
    title: 'A header does not say what the body says.',
    remedy: 'Mirror the method, name and protocol version of the body in the headers.',
    status: 400,
    rpc: -32020,
  },
  WRIT_VERSION_UNSUPPORTED: {
    title: 'This MCP protocol version is not served.',
    remedy: 'Use 2025-11-25 or 2026-07-28.',
    status: 400,
    rpc: -32022,
  },
  WRIT_MESSAGE_UNSUPPORTED: {
    title: 'This kind of message is not carried.',
    remedy: 'Use requests that are answered in one step; see docs/protocol.md.',
    status: 200,
    rpc: -31501,
  },
  WRIT_UPSTREAM_UNREACHABLE: {
    title: 'The MCP server behind the gateway did not answer.',
    remedy: 'Try again; the operator should check the server and its url in writ.yaml.',
    status: 200,
    rpc: -31503,
    retriable: true,
  },
  WRIT_UPSTREAM_INVALID: {
    title: 'The MCP server behind the gateway answered something that is not MCP.',
    remedy: 'The operator should check the server; what it sent is not shown.',
    status: 200,
    rpc: -31503,
  },
  WRIT_SESSION_ENDED: {
    title: 'The MCP server has ended this session.',
    remedy: 'Send a new initialize request without a session id.',
    status: 404,
    rpc: -32600,
  },
  WRIT_SESSION_MISSING: {
    title: 'The MCP server wants a session, and the message names none.',
    remedy: 'Send an initialize request, and its Mcp-Session-Id with every message after it.',
    status: 400,
    rpc: -32600,
  },
  WRIT_TASK_UNKNOWN: {
    title: 'There is no task of this caller with this id.',
    remedy: 'Use the id that the answer to a call of your own gave; a task is forgotten when the gateway restarts.',
    status: 200,
    rpc: -32602,
  },
  WRIT_TASKS_UNDECLARED: {
    title: 'The request is about a task, and its client does not declare the extension for tasks.',
    remedy: 'Declare io.modelcontextprotocol/tasks among the extensions of clientCapabilities in _meta.',
    status: 400,
    rpc: -32021,
  },
  WRIT_METHOD_UNKNOWN: {
    title: 'This version of MCP has no such method.',
    remedy: 'Use the methods of the version that the message is in.',
    status: 404,
    rpc: -32601,
  },
  WRIT_REQUEST_STATE_INVALID: {
    title: 'The requestState is not one that this caller was given for this call, or it has expired.',
    remedy: 'Make the call again without inputResponses and requestState.',
    status: 200,
    rpc: -32602,
  },
  WRIT_ANSWER_UNEXPECTED: {
    title: 'No request of the server awaits this answer.',
    remedy: 'Answer each request once, in the session in which it came, under the very id it had.',
    status: 400,
    rpc: -32600,
  },
  WRIT_OVERLOADED: {
    title: 'The gateway has as many calls in hand as it takes.',
    remedy: 'Try again after the time in Retry-After.',
    status: 429,
    rpc: -31503,
    retriable: true,
  },
  WRIT_INTERNAL: {
    title: 'The gateway failed in a way nobody foresaw.',
    remedy: 'Report it with the call id.',
    status: 200,
    rpc: -31503,
  },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof kinds;

export const errorKinds: Readonly<Record<ErrorCode, ErrorKind>> = kinds;

/** A failure with a code to look up. `detail` says what and where, and never holds personal data, secrets or payload. */
export class WritError extends Error {
  override readonly name = 'WritError';
  readonly code: ErrorCode;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, detail?: string, options?: { cause?: unknown }) {
    super(detail === undefined ? kinds[code].title : `${kinds[code].title} ${detail}`, options);
    this.code = code;
    this.detail = detail;
  }
}

/** Gives foreign errors a code at the seam where they are caught; a WritError passes as it is. */
export function asWritError(cause: unknown, code: ErrorCode, detail?: string): WritError {
  return cause instanceof WritError ? cause : new WritError(code, detail, { cause });
}
