import { SigningError } from '../recorder/signer.ts';

/** What a vault, or the way to it, answered: in words for a log message, without what the vault itself wrote. */
export class VaultFailure extends SigningError {
  /** Whether asking again would change nothing until somebody does something. */
  readonly lasting: boolean;

  constructor(message: string, lasting: boolean, options: { retryAfter?: number | undefined; cause?: unknown }) {
    super(message, options);
    this.lasting = lasting;
  }
}

/** Gives whatever the SDK threw a form. Of a vault's answer only its codes are kept: its sentences name callers. */
export function vaultFailure(cause: unknown): VaultFailure {
  if (cause instanceof VaultFailure) return cause;
  const { name, message, code, statusCode, details, response } = Object(cause);
  if (typeof statusCode === 'number') {
    // The SDK turns the `innererror` of the wire into `innerError`.
    const { code: outer, innerError } = Object(Object(details).error);
    const codes = [outer, Object(innerError).code].filter(isCode);
    const said = `The vault answers ${[statusCode, ...codes].join(' ')}.`;
    const lasting = [400, 401, 403, 404].includes(statusCode);
    return new VaultFailure(said, lasting, { retryAfter: retryAfter(response), cause });
  }
  if (name === 'AbortError') return new VaultFailure('The vault did not answer in time.', false, { cause });
  // The SDK's own refusal, before any token is asked for.
  if (/^The challenge (?:resource|contains)/.test(String(message))) {
    return new VaultFailure('The vault asks for a token of another domain than its own.', true, { cause });
  }
  if (/^(?:Credential|Authentication|AggregateAuthentication)/.test(String(name))) {
    return new VaultFailure(`No token for the vault could be had (${name}).`, false, { cause });
  }
  return new VaultFailure(`The vault cannot be reached${isCode(code) ? ` (${code})` : ''}.`, false, { cause });
}

/** Milliseconds: RFC 9110 section 10.2.3, seconds or a date. */
function retryAfter(response: unknown): number | undefined {
  const { headers } = Object(response);
  const value: unknown = typeof headers?.get === 'function' ? headers.get('retry-after') : undefined;
  if (typeof value !== 'string' || value === '') return undefined;
  const wait = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(wait) && wait > 0 ? wait : undefined;
}

const isCode = (value: unknown) => typeof value === 'string' && /^\w{1,64}$/.test(value);
