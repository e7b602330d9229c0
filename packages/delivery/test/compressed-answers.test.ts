import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { httpReceiver } from './receivers.ts';
import { testSender } from './senders.ts';

const said = 'taken, with thanks: é '.repeat(20);

async function answered(coding: string, body: Buffer) {
  await using receiver = await httpReceiver((request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'content-encoding': coding }).end(body));
  });
  await using sender = testSender();
  return await sender.post(receiver.url);
}

it.each([
  ['gzip', gzipSync(said)],
  ['X-GZIP', gzipSync(said)],
  ['deflate', deflateSync(said)],
  ['deflate', deflateRawSync(said)],
  ['br', brotliCompressSync(said)],
  ['deflate, gzip', gzipSync(deflateSync(said))],
  ['identity', Buffer.from(said)],
])('shows what is compressed with %s', async (coding, body) => {
  expect(await answered(coding, body)).toMatchObject({
    ok: true,
    responseBody: said,
    responseTruncated: false,
    responseHeaders: { 'content-encoding': coding },
  });
});

it.each([
  ['gzip', gzipSync('x'.repeat(50_000_000))],
  ['br', brotliCompressSync(Buffer.alloc(20_000_000, 'x'))],
  ['gzip, gzip', gzipSync(gzipSync('x'.repeat(50_000_000)))],
])('keeps 16 KiB of a few bytes that stand for megabytes: %s', async (coding, body) => {
  const before = process.memoryUsage().rss;
  const outcome = await answered(coding, body);
  expect(outcome).toMatchObject({ ok: true, responseTruncated: true });
  expect(outcome.responseBody).toMatch(/^x{16384}$/);
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
});

it('shows the beginning of what is too long even compressed', async () => {
  const random = Array.from({ length: 20_000 }, (_, at) => Math.imul(at + 1, 2_654_435_761) >>> 0).join('');
  const outcome = await answered('gzip', gzipSync(random));
  expect(outcome).toMatchObject({ ok: true, responseTruncated: true });
  expect(outcome.responseBody).toBe(random.slice(0, 16 * 1024));
});

it.each([
  ['zstd', Buffer.from('(\xb5/\xfd secret', 'latin1'), '(compressed with zstd, 11 bytes; not shown)'],
  ['gzip', Buffer.from('no gzip at all'), '(compressed with gzip, 14 bytes; not shown)'],
  ['br, gzip, gzip', Buffer.from('a trap'), '(compressed with br, gzip, gzip, 6 bytes; not shown)'],
  ['x'.repeat(100), Buffer.from('?'), '(compressed with an unknown encoding, 1 bytes; not shown)'],
])('names what it cannot decode: %s', async (coding, body, shown) => {
  expect(await answered(coding, body)).toMatchObject({ ok: true, status: 200, responseBody: shown });
});

it('shows nothing of nothing', async () => {
  expect(await answered('gzip', Buffer.alloc(0))).toMatchObject({ ok: true, responseBody: '' });
});

it('decodes what says why it failed, too', async () => {
  await using receiver = await httpReceiver((request, response) => {
    request
      .resume()
      .on('end', () => response.writeHead(422, { 'content-encoding': 'gzip' }).end(gzipSync('no name')));
  });
  await using sender = testSender();
  expect(await sender.post(receiver.url)).toMatchObject({
    status: 422,
    responseBody: 'no name',
    error: { code: 'http-status' },
  });
});
