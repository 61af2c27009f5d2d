/** Ids kept; the one longest unused is made anew first. */
const mostIds = 10_000;

/**
 * The ids of the sessions with single servers, as those servers' own endpoints would have given them. One that is sealed anew for
 * each message would be another session to whoever counts what is done in one.
 */
export class SessionIds {
  readonly #ids = new Map<string, string>();

  /** The id of a server's session within the one that `whole` names. */
  of(whole: string, server: string, make: () => string): string {
    // It was opened, so its end is an authentication tag that no other id has.
    const key = `${server} ${whole.slice(-32)}`;
    const id = this.#ids.get(key) ?? make();
    this.#ids.delete(key);
    this.#ids.set(key, id);
    if (this.#ids.size > mostIds) this.#ids.delete(this.#ids.keys().next().value ?? '');
    return id;
  }
}
