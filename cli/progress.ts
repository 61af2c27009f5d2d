/** Says on a terminal what is being waited for, once it takes over a second, and takes the line away again. */
export async function withProgress<T>(doing: string, work: Promise<T>): Promise<T> {
  const { stderr } = process;
  if (!stderr.isTTY) return work;
  const began = Date.now();
  const timer = setInterval(() => stderr.write(`\r\x1b[K${doing}… ${Math.round((Date.now() - began) / 1000)} s`), 1000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    stderr.write('\r\x1b[K');
  }
}
