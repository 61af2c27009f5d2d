import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

/** What the lookup answers without masks, and with them. */
const plain = ['ada.ahrens@example.com', 'Birkenweg 4'];
const masked = ['[redacted]'];

async function lookUp(url: string, mode: 'auto' | 'legacy'): Promise<string> {
  const client = new Client({ name: 'conformance', version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  try {
    return JSON.stringify(await client.callTool({ name: 'test_people_lookup', arguments: { id: 'P-1' } }));
  } finally {
    await client.close();
  }
}

/** Throws unless the masks show in a real answer, in both eras: numbers of a run without them would prove nothing. */
export async function assertMasked(url: string): Promise<void> {
  for (const mode of ['auto', 'legacy'] as const) {
    const answer = await lookUp(url, mode);
    const shown = plain.filter((text) => answer.includes(text));
    const missing = masked.filter((text) => !answer.includes(text));
    if (shown.length + missing.length > 0)
      throw new Error(`The masks are not active (${mode}): ${[...shown, ...missing].join(', ')}.`);
  }
}
