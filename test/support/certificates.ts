import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PEM texts of a certificate and its key. */
export interface Made {
  cert: string;
  key: string;
}

const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });
const p256 = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];

/** Whatever is made here is gone when `close` is called. */
export interface Certificates {
  /** A folder for a test's own files. */
  directory: string;
  /** An authority that vouches for nobody yet. */
  authority(name?: string): Made & { issue(more?: { name?: string; days?: number; key?: string[] }): Made };
  /** Writes a pair as certificate tools leave them, and returns their paths. */
  write(pair: Made, name?: string): { cert_file: string; key_file: string };
  close(): void;
}

/** Certificates for localhost, 127.0.0.1 and ::1, made by openssl. */
export function openCertificates(): Certificates {
  const directory = mkdtempSync(join(tmpdir(), 'writ-tls-'));
  const file = () => join(directory, randomBytes(8).toString('hex'));
  return {
    directory,
    authority(name = 'Test CA') {
      const [keyFile, certFile] = [file(), file()];
      const made = ['-newkey', ...p256, '-noenc', '-days', '2', '-subj', `/CN=${name}`];
      openssl('req', '-x509', ...made, '-keyout', keyFile, '-out', certFile, '-addext', 'keyUsage=keyCertSign');
      return {
        cert: readFileSync(certFile, 'utf8'),
        key: readFileSync(keyFile, 'utf8'),
        issue({ name = 'localhost', days = 2, key = p256 } = {}) {
          const [own, request, issued, extensions] = [file(), file(), file(), file()];
          openssl('req', '-newkey', ...key, '-noenc', '-subj', `/CN=${name}`, '-keyout', own, '-out', request);
          writeFileSync(extensions, 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1');
          const by = ['-CA', certFile, '-CAkey', keyFile, '-days', String(days), '-extfile', extensions];
          openssl('x509', '-req', '-in', request, ...by, '-out', issued);
          return { cert: readFileSync(issued, 'utf8'), key: readFileSync(own, 'utf8') };
        },
      };
    },
    write({ cert, key }, name = 'server') {
      const files = { cert_file: join(directory, `${name}.pem`), key_file: join(directory, `${name}.key`) };
      writeFileSync(files.cert_file, cert);
      writeFileSync(files.key_file, key, { mode: 0o640 });
      chmodSync(files.key_file, 0o640);
      return files;
    },
    close: () => rmSync(directory, { recursive: true, force: true }),
  };
}
