import { matchesOf } from '../matches.ts';
import { isSecretValue } from './entropy.ts';

/** Where a secret stands by how it is used, with the secret as the group. Each begins with a text that is looked for first. */
const usages: readonly { name: string; mark: string; form: RegExp; kind: 'password' | 'token' }[] = [
  { name: 'user', mark: ' -u', form: / -u ?["']?[^\s:"']{1,64}:([^\s"']{4,128})/g, kind: 'password' },
  { name: 'user', mark: '--user', form: /--user[ =]["']?[^\s:"']{1,64}:([^\s"']{4,128})/g, kind: 'password' },
  { name: 'sshpass', mark: 'sshpass', form: /sshpass -p ?["']?([^\s"']{4,128})/g, kind: 'password' },
  { name: 'mysql', mark: 'mysql', form: /mysql[\w ./=@-]{0,60} -p["']?([^\s"']{4,128})/g, kind: 'password' },
  {
    name: 'key',
    mark: '==',
    form: /(?:key|secret|schlüssel|clé|clave|chiave|sleutel|klucz|chave|nyckel|nøgle|avain)\S{0,4}[ "'=:]{1,3}([A-Za-z\d+/]{86}==)/gi,
    kind: 'token',
  },
  { name: 'telegram', mark: ':AA', form: /(?<![\w:.-])(\d{8,10}:AA[\w-]{32,34})(?![\w-])/g, kind: 'token' },
  {
    name: 'cookie',
    mark: '=',
    form: /(?<![\w.-])(?:session|sessionid|sess|sid|jsessionid|phpsessid|connect\.sid|auth|remember|csrftoken|xsrf-token)=["']?([^\s;,"'<>&]{16,4096})/gi,
    kind: 'token',
  },
];

/** Finds secrets by the command or header they are used in. */
export function usedSecrets(
  text: string,
  add: (start: number, end: number, name: string, confidence: number) => void,
): void {
  for (const { name, mark, form, kind } of usages) {
    if (!text.includes(mark)) continue;
    for (const match of matchesOf(form, text)) {
      const value = match[1] ?? '';
      const end = match.index + match[0].length;
      if (isSecretValue(value, kind)) add(end - value.length, end, name, 0.85);
    }
  }
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = usages.map((usage) => usage.form);
