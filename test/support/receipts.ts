import type { Receipt } from '../../proxy/mcp/receipt.ts';

const receipt = '"writ/receipt":(\\{"log":"[^"]*","index":\\d+,"call":"[^"]*"\\})';
/** The receipt with what was made to hold it, and with the comma that parts it from the rest. */
const holder = `"(?:_meta|data)":\\{${receipt}\\}`;
const forms = [`,${holder}`, `${holder},?`, `,${receipt}`, `${receipt},?`].map((form) => new RegExp(form));

/** An answer as it was before its receipt was put in, and the receipt. */
export function takeReceipt(text: string): { text: string; receipt: Receipt | null } {
  for (const form of forms) {
    const found = form.exec(text);
    if (found?.[1] !== undefined) return { text: text.replace(form, ''), receipt: JSON.parse(found[1]) };
  }
  return { text, receipt: null };
}
