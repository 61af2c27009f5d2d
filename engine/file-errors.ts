/** What the codes of the system (errno(3)) mean to a person who named a file. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  ENOTDIR: 'is not there: a part of its path is a file',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be read or written by this user',
  EPERM: 'may not be read or written by this user',
  EROFS: 'is on a file system that is read-only',
  ENOSPC: 'does not fit on the disk',
  EMFILE: 'cannot be opened: this process has too many files open',
  ELOOP: 'is a symbolic link that leads round in a circle',
  ENAMETOOLONG: 'has too long a name',
};

/** Why a file cannot be used, as a sentence: `x.yaml is not there.` */
export function whyUnusable(path: string, cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return `${path} ${reasons[code] ?? `cannot be used${code === '' ? '' : ` (${code})`}`}.`;
}
