/** Bytes of canonical, padded base64 (RFC 4648 section 4); undefined for any other text. Buffer.from would skip over faults. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
