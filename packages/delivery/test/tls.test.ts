import { type Certificate, newAuthority, newCertificate } from '@interview-webhooks/testing';
import { once } from 'node:events';
import { createSecureServer, createServer as createHttp2Server, type Http2Server } from 'node:http2';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureVersion, TLSSocket } from 'node:tls';
import { beforeAll, expect, it } from 'vitest';
import { aNumber, containing } from './matchers.ts';
import { httpReceiver, httpsReceiver, tcpReceiver } from './receivers.ts';
import { testSender } from './senders.ts';

let authority: Certificate;
beforeAll(async () => {
  authority = await newAuthority('Trusted authority');
});

const lookup = () => Promise.resolve(['127.0.0.1']);

/** Sends to a receiver with `certificate` under `host`; trusts the authority. */
async function sentTo(host: string, certificate: Certificate) {
  const names: (string | false | null | undefined)[] = [];
  await using receiver = await httpsReceiver(certificate, (request, response) => {
    // What a TLS server accepts is a TLS socket.
    names.push((request.socket as TLSSocket & { servername?: string | false }).servername);
    response.end('ok');
  });
  await using sender = testSender({ ca: [authority.cert], lookup });
  return { ...(await sender.post(`https://${host}:${receiver.port}/`)), names };
}

it('verifies the certificate by the host name though it connects to an address', async () => {
  const certificate = await newCertificate({ hosts: ['receiver.example'], authority });
  expect(await sentTo('receiver.example', certificate)).toMatchObject({
    ok: true,
    names: ['receiver.example'],
    remoteAddress: '127.0.0.1',
    timings: { dnsMs: aNumber, connectMs: aNumber, tlsMs: aNumber },
  });
  expect(await sentTo('receiver.example.', certificate)).toMatchObject({
    ok: true,
    names: ['receiver.example'],
  });
});

it('verifies the certificate of an address', async () => {
  const certificate = await newCertificate({ hosts: ['127.0.0.1'], authority });
  expect(await sentTo('127.0.0.1', certificate)).toMatchObject({ ok: true, names: [false] });
});

it.each([
  ['of another name', { hosts: ['other.example'] }, 'another host name'],
  ['of its address only', { hosts: ['127.0.0.1'] }, 'another host name'],
  ['that has expired', { hosts: ['receiver.example'], expired: true }, 'expired'],
])('refuses a certificate %s', async (_which, options, words) => {
  const outcome = await sentTo('receiver.example', await newCertificate({ ...options, authority }));
  expect(outcome).toMatchObject({
    ok: false,
    status: null,
    names: [],
    error: { code: 'tls-certificate', message: containing(words) },
  });
});

it('refuses a certificate of another name for an address', async () => {
  const certificate = await newCertificate({ hosts: ['receiver.example'], authority });
  expect((await sentTo('127.0.0.1', certificate)).error?.code).toBe('tls-certificate');
});

it('refuses a self-signed certificate', async () => {
  const outcome = await sentTo('receiver.example', await newCertificate({ hosts: ['receiver.example'] }));
  expect(outcome.error).toMatchObject({
    code: 'tls-certificate',
    message: containing('self-signed'),
  });
});

it('refuses an authority that is not trusted', async () => {
  const certificate = await newCertificate({
    hosts: ['receiver.example'],
    authority: await newAuthority('Other authority'),
  });
  expect((await sentTo('receiver.example', certificate)).error).toMatchObject({
    code: 'tls-certificate',
    message: containing('authority'),
  });
});

it('trusts Node’s own authorities alone unless told', async () => {
  const certificate = await newCertificate({ hosts: ['receiver.example'], authority });
  await using receiver = await httpsReceiver(certificate, (_request, response) => response.end());
  await using sender = testSender({ lookup });
  const { error } = await sender.post(`https://receiver.example:${receiver.port}/`);
  expect(error?.code).toBe('tls-certificate');
});

it('names a port that does not speak TLS, and one that hangs up', async () => {
  await using plain = await httpReceiver((_request, response) => response.end());
  await using mute = await tcpReceiver((socket) => socket.once('data', () => socket.end()));
  await using rude = await tcpReceiver((socket) => socket.once('data', () => socket.resetAndDestroy()));
  await using sender = testSender();
  for (const { port } of [plain, mute, rude]) {
    expect((await sender.post(`https://127.0.0.1:${port}/`)).error?.code).toBe('tls-failed');
  }
});

it('goes on to the next address, whose certificate must be the name’s as well', async () => {
  const certificate = await newCertificate({ hosts: ['receiver.example'], authority });
  await using receiver = await httpsReceiver(certificate, (_request, response) => response.end());
  await using sender = testSender({
    ca: [authority.cert],
    lookup: () => Promise.resolve(['::1', '127.0.0.1']),
  });
  const outcomes = await Promise.all(
    ['receiver', 'other'].map((name) => sender.post(`https://${name}.example:${receiver.port}/`)),
  );
  expect(outcomes).toMatchObject([
    { ok: true, remoteAddress: '127.0.0.1' },
    { ok: false, remoteAddress: '127.0.0.1', error: { code: 'tls-certificate' } },
  ]);
});

it('keeps TLS connections', async () => {
  const certificate = await newCertificate({ hosts: ['receiver.example'], authority });
  await using receiver = await httpsReceiver(certificate, (_request, response) => response.end());
  await using sender = testSender({ ca: [authority.cert], lookup });
  for (const tlsMs of [aNumber, null]) {
    const outcome = await sender.post(`https://receiver.example:${receiver.port}/`);
    expect(outcome).toMatchObject({ ok: true, timings: { tlsMs } });
  }
  expect(receiver.connections).toHaveLength(1);
});

/** What an attempt says of a server that is none for webhooks. */
async function errorAt(server: Http2Server | ReturnType<typeof createServer>, scheme: 'http' | 'https') {
  // Being hung up on is what these servers are for.
  server.on('sessionError', () => undefined).on('tlsClientError', () => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // listens on a port, not on a pipe
  await using sender = testSender({ ca: [authority.cert], deadlineMs: 5_000 });
  const { error } = await sender.post(`${scheme}://127.0.0.1:${port}/`);
  server.close();
  return error;
}

it.each<SecureVersion>(['TLSv1.3', 'TLSv1.2'])(
  'says that a receiver asks for a client certificate, with %s',
  async (version) => {
    const certificate = await newCertificate({ hosts: ['127.0.0.1'], authority });
    const options = {
      ...certificate,
      requestCert: true,
      ca: [authority.cert],
      minVersion: version,
      maxVersion: version,
    };
    const server = createServer(options, (_request, response) => response.end());
    expect(await errorAt(server, 'https')).toMatchObject({
      code: 'tls-failed',
      message: containing('client certificate (mutual TLS)'),
    });
  },
);

it('says that a receiver speaks HTTP/2 only, with TLS and without', async () => {
  const certificate = await newCertificate({ hosts: ['127.0.0.1'], authority });
  expect(await errorAt(createSecureServer(certificate), 'https')).toMatchObject({
    code: 'tls-failed',
    message: containing('HTTP/2 only'),
  });
  expect(await errorAt(createHttp2Server(), 'http')).toMatchObject({
    code: 'invalid-response',
    message: containing('HTTP/2 only'),
  });
});
