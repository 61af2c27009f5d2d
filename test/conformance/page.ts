import { readFileSync, writeFileSync } from 'node:fs';

const page = new URL('../../docs/conformance.md', import.meta.url);
const between = /(<!-- table -->\n)[\s\S]*?(<!-- \/table -->)/;

/** The table on the page. */
export function keptTable(): string {
  return between.exec(readFileSync(page, 'utf8'))?.[0] ?? '';
}

export function keepTable(table: string): void {
  const text = readFileSync(page, 'utf8');
  if (!between.test(text)) throw new Error('docs/conformance.md lacks the place for the table.');
  writeFileSync(
    page,
    text.replace(between, (_, begin, end) => `${begin}${table}\n${end}`),
  );
}
