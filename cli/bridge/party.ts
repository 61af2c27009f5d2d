import type { Link } from './link.ts';
import type { Output } from './output.ts';
import type { ParamHeaders } from './param-headers.ts';
import type { Session } from './session.ts';

/** What all exchanges of one client share. */
export interface Party {
  readonly link: Link;
  readonly session: Session;
  readonly params: ParamHeaders;
  readonly output: Output;
  /** Says something to the person, on standard error. Never a token, an argument or a result. */
  readonly note: (text: string) => void;
}
