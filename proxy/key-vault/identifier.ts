/** Where a key lies in a Key Vault, or in a Managed HSM. */
export interface KeyIdentifier {
  /** `https://<vault>/keys/<name>/<version>`, as the vault itself writes it; without the version where none is given. */
  readonly kid: string;
  /** `https://<vault>` */
  readonly vault: string;
  readonly name: string;
  /** 32 hex digits; undefined where the identifier means whichever version is the newest. */
  readonly version: string | undefined;
}

/** Takes a key identifier apart; undefined for anything else. Nothing but https: a token goes there. */
export function parseKeyIdentifier(text: string): KeyIdentifier | undefined {
  const form = /^https:\/\/[^/?#@\s]+\/keys\/([0-9A-Za-z-]{1,127})(?:\/([0-9a-f]{32}))?$/.exec(text);
  if (form === null || !URL.canParse(text)) return undefined;
  const [, name = '', version] = form;
  const { origin, pathname } = new URL(text);
  return { kid: `${origin}${pathname}`, vault: origin, name, version };
}

/** Whether a vault is on this machine, as an emulator is. */
export function isLoopback(vault: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(new URL(vault).hostname);
}
