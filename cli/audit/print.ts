import { once } from 'node:events';

/** Writes to standard output, and waits where its reader is slower: what is printed is never held in memory. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
