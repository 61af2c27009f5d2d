import { readFileSync, writeFileSync } from 'node:fs';
import type { ClientKind } from './clients/types.ts';
import { type Limit, limits } from './limits.ts';
import { type ServerId, serverIds, serverNames } from './servers.ts';

const page = new URL('../../docs/compatibility.md', import.meta.url);
const between = /(<!-- table -->\n)([\s\S]*?)(<!-- \/table -->)/;

/** What a cell came to: what cannot work, or the protocol version where the client tells it. */
export type Found = { limit: Limit } | { version: string | undefined };

/** By client and server. */
export type Cells = Map<string, Map<ServerId, Found>>;

function cell(found: Found | undefined): string {
  if (found === undefined) return '';
  if ('limit' in found) return `no (${limits.indexOf(found.limit) + 1})`;
  return found.version === undefined ? 'yes' : `yes, ${found.version}`;
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** The table of the page, and under it why some of it cannot work. */
export function table(clients: readonly ClientKind[], cells: Cells): string {
  const head = ['client', ...serverIds.map((id) => serverNames[id])];
  const rows = clients.map(({ id, name, way }) => {
    const found = cells.get(id);
    return row([`${name}, ${way}`, ...serverIds.map((server) => cell(found?.get(server)))]);
  });
  const reasons = limits.map(({ reason }, index) => `${index + 1}. ${reason}`);
  return [row(head), row(head.map(() => '---')), ...rows, '', ...reasons, ''].join('\n');
}

/** The table on the page. */
export function keptTable(): string {
  return between.exec(readFileSync(page, 'utf8'))?.[2] ?? '';
}

export function keepTable(text: string): void {
  const before = readFileSync(page, 'utf8');
  if (!between.test(before)) throw new Error('docs/compatibility.md lacks the place for the table.');
  writeFileSync(
    page,
    before.replace(between, (_, begin, __, end) => `${begin}${text}${end}`),
  );
}
