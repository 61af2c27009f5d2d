import { parseKeyIdentifier } from '../key-vault/identifier.ts';

/** A URL that can be asked over HTTP. A password in it would be a secret in the file. */
function isUrl(text: string, form: RegExp): boolean {
  if (!form.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

/** Formats of schema.json, named as a person reads them: `must match format "host:port"`. */
export const formats: Record<string, (text: string) => boolean> = {
  'host:port': (text) => Number(/^(?:\[[0-9a-f:]+\]|[^:\s[\]/]+):(\d{1,5})$/i.exec(text)?.[1]) <= 65_535,
  'http(s)://host[:port]': (text) => isUrl(text, /^https?:\/\/[^/?#\s]+$/i),
  'http(s)://host[:port][/path]': (text) => isUrl(text, /^https?:\/\/[^?#\s]+$/i),
  'http(s)://host[:port][/path][?query]': (text) => isUrl(text, /^https?:\/\/[^#\s]+$/i),
  'http(s)://host[:port][/path][?query], or a path': (text) =>
    /^https?:/i.test(text) ? isUrl(text, /^https?:\/\/[^#\s]+$/i) : text !== '',
  // That the version is there is checked beside it, with words on how to find it.
  'https://<vault>/keys/<name>/<version>': (text) => parseKeyIdentifier(text) !== undefined,
};
