import assert from 'node:assert/strict';
import { once } from 'node:events';
import { appendFileSync, chmodSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, describe, test } from 'node:test';
import { type ConnectionOptions, connect } from 'node:tls';
import { pino } from 'pino';
import { ServedCertificate, type TlsConfig } from '../../../proxy/http/tls.ts';
import { openCertificates } from '../../support/certificates.ts';
import { RawConnection } from '../../support/raw-http.ts';
import { until } from '../../support/until.ts';

const certificates = openCertificates();
after(() => certificates.close());
const authority = certificates.authority();
const silent = pino({ level: 'silent' });
let made = 0;
/** A pair of its own for each test. */
const written = () => certificates.write(authority.issue(), `server-${made++}`);

/** A server over TLS that answers with what was asked. */
async function serve(config: TlsConfig, everyMs?: number) {
  const lines: { level: number; msg: string; code?: string; detail?: string }[] = [];
  const log = pino({ base: null }, { write: (line) => void lines.push(JSON.parse(line)) });
  const certificate = await ServedCertificate.open(config, log);
  const server = createServer(certificate.options, (request, response) => response.end(request.url));
  certificate.follow(server, everyMs);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  after(() => {
    certificate.close();
    server.close();
    server.closeAllConnections();
  });
  /** Connects as a caller does; `socket` carries plain HTTP then. */
  const dial = async (more: ConnectionOptions = {}) => {
    const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: authority.cert, ...more });
    after(() => socket.destroy());
    // A caller refused by TLS 1.3 may hear of it at any time after its own part is done.
    socket.on('error', () => {});
    const tickets: Buffer[] = [];
    socket.on('session', (session: Buffer) => tickets.push(session));
    await once(socket, 'secureConnect');
    return { socket, tickets, serial: socket.getPeerCertificate().serialNumber, http: new RawConnection(socket) };
  };
  return { certificate, lines, dial };
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`;

/** Asks on a connection and takes the answer: with TLS 1.3 a refused client learns of it only then. */
async function asks({ http }: { http: RawConnection }, path = '/a'): Promise<string> {
  http.write(get(path));
  return (await http.answer()).body;
}

/** A session that a later connection may try to resume. */
async function ticket(dialled: { tickets: Buffer[]; http: RawConnection }): Promise<Buffer> {
  await asks(dialled);
  await until(() => dialled.tickets.length > 0, 'a session is given');
  return dialled.tickets[0] ?? Buffer.alloc(0);
}

describe('a certificate that is served', () => {
  test('carries HTTP/1.1 over TLS 1.2 and 1.3, and no less', async () => {
    const { dial } = await serve(written());
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const dialled = await dial({ minVersion: version, maxVersion: version, ALPNProtocols: ['http/1.1'] });
      assert.deepEqual([dialled.socket.getProtocol(), dialled.socket.alpnProtocol], [version, 'http/1.1']);
      assert.equal(await asks(dialled), '/a');
    }
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await assert.rejects(dial(old), /alert protocol version|TLSV1_ALERT_PROTOCOL_VERSION/i);
    await assert.rejects(dial({ ALPNProtocols: ['h2'] }), /no application protocol|NO_APPLICATION_PROTOCOL/i);
  });

  test('gives way to a new one without ending what is open, which a caller of before cannot resume into', async () => {
    const files = written();
    const { certificate, dial } = await serve(files);
    const before = await dial();
    const session = await ticket(before);
    const again = await dial({ session });
    assert.equal(again.socket.isSessionReused(), true);
    certificates.write(authority.issue(), `server-${made - 1}`);
    await certificate.look();
    const next = await dial({ session });
    assert.notEqual(next.serial, before.serial);
    assert.equal(next.socket.isSessionReused(), false);
    assert.equal(await asks(before, '/still'), '/still');
    assert.equal(await asks(next, '/new'), '/new');
  });

  test('keeps to TLS 1.2 and HTTP/1.1 after it gave way', async () => {
    const files = written();
    const { certificate, dial } = await serve(files);
    certificates.write(authority.issue(), `server-${made - 1}`);
    await certificate.look();
    await assert.rejects(
      dial({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }),
      /version/i,
    );
    await assert.rejects(dial({ ALPNProtocols: ['h2'] }), /no application protocol|NO_APPLICATION_PROTOCOL/i);
  });

  test('is looked at by itself; a pair half replaced is told of once, and the whole pair taken', async () => {
    const files = written();
    const { lines, dial } = await serve(files, 10);
    const before = await dial();
    const pair = authority.issue();
    writeFileSync(files.cert_file, pair.cert);
    await until(() => lines.length > 0, 'the half pair is noticed');
    assert.equal((await dial()).serial, before.serial);
    writeFileSync(files.key_file, pair.key);
    await until(() => lines.some(({ msg }) => msg === 'certificate in force'), 'the pair is taken');
    assert.notEqual((await dial()).serial, before.serial);
    assert.deepEqual(
      lines.map(({ level, code }) => [level, code]),
      [
        [50, 'WRIT_TLS_INVALID'],
        [30, undefined],
      ],
    );
    assert.match(lines[0]?.detail ?? '', /the key is not that of the certificate/);
  });

  test('is no longer looked at once closed', async () => {
    const files = written();
    const { certificate, lines, dial } = await serve(files, 5);
    const { serial } = await dial();
    certificate.close();
    certificates.write(authority.issue(), `server-${made - 1}`);
    for (let count = 0; count < 20; count++) await new Promise((resolve) => setTimeout(resolve, 2));
    assert.deepEqual([lines, (await dial()).serial], [[], serial]);
  });
});

describe('a pair that is not fit', () => {
  const other = certificates.authority('Other CA');
  const wrong: Record<string, [spoil: (files: { cert_file: string; key_file: string }) => void, detail: RegExp]> = {
    'a key of another certificate': [
      ({ key_file }) => writeFileSync(key_file, other.issue().key),
      /the key is not that of the certificate/,
    ],
    'no certificate file': [({ cert_file }) => rmSync(cert_file), /tls\.cert_file: .* is not there/],
    'no key file': [({ key_file }) => rmSync(key_file), /tls\.key_file: .* is not there/],
    'an empty certificate': [({ cert_file }) => writeFileSync(cert_file, ''), /tls\.cert_file is not usable PEM/],
    'a key cut short': [
      ({ key_file }) => writeFileSync(key_file, '-----BEGIN PRIVATE KEY-----\nMIGH'),
      /tls\.key_file is not usable PEM/,
    ],
    'a chain cut short': [
      ({ cert_file }) => appendFileSync(cert_file, '-----BEGIN CERTIFICATE-----\nMIIB'),
      /tls\.cert_file is not usable PEM/,
    ],
    'an encrypted key': [
      ({ key_file }) =>
        writeFileSync(key_file, '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIGH\n-----END ENCRYPTED PRIVATE KEY-----\n'),
      /is encrypted/,
    ],
    'a key everyone can read': [({ key_file }) => chmodSync(key_file, 0o644), /read by everyone/],
    'a certificate that has ended': [
      (files) => {
        const ended = authority.issue({ days: -1 });
        writeFileSync(files.cert_file, ended.cert);
        writeFileSync(files.key_file, ended.key);
      },
      /the certificate is valid from/,
    ],
    'a key too short for TLS': [
      (files) => {
        const short = authority.issue({ key: ['rsa:512'] });
        writeFileSync(files.cert_file, short.cert);
        writeFileSync(files.key_file, short.key);
      },
      /tls\.cert_file is not usable PEM/,
    ],
  };
  for (const [name, [spoil, detail]] of Object.entries(wrong)) {
    test(`${name}: is no beginning, and no successor`, async () => {
      const files = written();
      const { certificate, dial } = await serve(files);
      const { serial } = await dial();
      spoil(files);
      const expected = { name: 'WritError', code: 'WRIT_TLS_INVALID', message: detail };
      await assert.rejects(certificate.look(), expected);
      assert.equal((await dial()).serial, serial);
      await assert.rejects(ServedCertificate.open(files, silent), expected);
    });
  }

  test('says nothing of what is in the files', async () => {
    const files = written();
    writeFileSync(files.key_file, '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n');
    await assert.rejects(ServedCertificate.open(files, silent), ({ message }: Error) => !message.includes('c2VjcmV0'));
  });
});

describe('where callers must show a certificate', () => {
  const callers = certificates.authority('Callers');
  const caller = callers.issue({ name: 'agent' });
  const withCa = (cert: string) => {
    const client_ca_file = `${certificates.directory}/callers-${made++}.pem`;
    writeFileSync(client_ca_file, cert);
    return { ...written(), client_ca_file };
  };

  test('one of the authority named is let in; without one, or with one of another, nobody is', async () => {
    const { dial } = await serve(withCa(callers.cert));
    assert.equal(await asks(await dial(caller)), '/a');
    const stranger = certificates.authority('Callers').issue({ name: 'agent' });
    for (const shown of [{}, stranger, authority.issue()])
      for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const)
        await assert.rejects(async () => asks(await dial({ ...shown, maxVersion })));
  });

  test('an authority withdrawn lets nobody in any more, by no session of before either', async () => {
    const config = withCa(callers.cert);
    const { certificate, dial } = await serve(config);
    const sessions: [Buffer, 'TLSv1.2' | 'TLSv1.3'][] = [];
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const)
      sessions.push([await ticket(await dial({ ...caller, maxVersion })), maxVersion]);
    const next = certificates.authority('New callers');
    writeFileSync(config.client_ca_file, next.cert);
    await certificate.look();
    for (const [session, maxVersion] of sessions)
      await assert.rejects(async () => asks(await dial({ ...caller, session, maxVersion })));
    assert.equal(await asks(await dial(next.issue())), '/a');
  });

  test('an authority that is none is no beginning', async () => {
    const config = withCa('nothing');
    await assert.rejects(ServedCertificate.open(config, silent), {
      code: 'WRIT_TLS_INVALID',
      message: /client_ca_file/,
    });
  });
});
