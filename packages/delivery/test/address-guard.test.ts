import { parseNetwork } from '@interview-webhooks/domain';
import { expect, it, vi } from 'vitest';
import { containing } from './matchers.ts';
import { httpReceiver } from './receivers.ts';
import { testSender } from './senders.ts';

/** A look-up that gives one answer after the other. */
const answers = (...all: string[][]) => {
  const left = [...all];
  return vi.fn(() => Promise.resolve(left.shift() ?? []));
};

it.each([
  'https://127.0.0.1/',
  'https://10.0.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://0177.0.0.1/',
  'https://017700000001/',
  'https://0x7f.0.0.1/',
  'https://0x7f000001/',
  'https://2130706433/',
  'https://127.1/',
  'https://127.0.0.1./',
  'https://１２７.0.0.1/',
  'https://0/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::127.0.0.1]/',
  'https://[64:ff9b::127.0.0.1]/',
  'https://[64:ff9b:1::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[fe80::1]/',
  'https://[fd00::1]/',
  'https://localhost/',
  'https://LOCALHOST./',
  'https://app.localhost/',
])('%s is refused without asking anyone', async (url) => {
  const lookup = answers(['93.184.216.34']);
  await using sender = testSender({ allowedNetworks: [], lookup });
  const outcome = await sender.post(url);
  expect(outcome).toMatchObject({ ok: false, remoteAddress: null, error: { code: 'address-forbidden' } });
  expect(lookup).not.toHaveBeenCalled();
});

it('refuses a zone id', async () => {
  await using sender = testSender({ allowedNetworks: [] });
  expect((await sender.post('https://[fe80::1%25eth0]/')).error?.code).toBe('invalid-request');
  await using misled = testSender({ lookup: answers(['fe80::1%eth0']) });
  expect((await misled.post('https://zone.example/')).error?.code).toBe('address-forbidden');
});

it.each(['10.0.0.1', '127.0.0.1', '::1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::', '0x7f.1'])(
  'refuses a name that leads to %s, alone or beside a public address',
  async (address) => {
    for (const found of [[address], ['93.184.216.34', address], [address, '93.184.216.34']]) {
      await using sender = testSender({ allowedNetworks: [], lookup: answers(found) });
      const { error, remoteAddress } = await sender.post('https://inside.example/');
      expect([error?.code, remoteAddress]).toEqual(['address-forbidden', null]);
    }
  },
);

it('refuses plain http to public addresses', async () => {
  await using sender = testSender({ lookup: answers(['93.184.216.34'], ['127.0.0.1', '93.184.216.34']) });
  for (const url of ['http://93.184.216.34/', 'http://example.com/', 'http://mixed.example/']) {
    expect((await sender.post(url)).error).toEqual({
      code: 'insecure-url',
      message: 'The URL must begin with https://; plain http is not encrypted.',
    });
  }
});

it('connects to the checked address, and gives a name that changes its mind no second chance', async () => {
  await using receiver = await httpReceiver((_request, response) => {
    response.writeHead(200, { connection: 'close' }).end();
  });
  const lookup = answers(['127.0.0.1'], ['127.0.0.2'], ['10.0.0.1']);
  await using sender = testSender({ allowedNetworks: [parseNetwork('127.0.0.1/32')], lookup });
  const url = `http://rebinding.example:${receiver.port}/`;

  // The name exists in no DNS: this arrives only if sockets never look it up themselves.
  expect(await sender.post(url)).toMatchObject({ ok: true, remoteAddress: '127.0.0.1' });
  expect(lookup).toHaveBeenCalledTimes(1);
  for (const address of ['127.0.0.2', '10.0.0.1']) {
    const { error } = await sender.post(url);
    expect(error).toMatchObject({ code: 'address-forbidden', message: containing(address) });
  }
  expect(lookup).toHaveBeenCalledTimes(3);
  expect(receiver.connections).toHaveLength(1);
});

it('asks DNS once per connection, and not at all for a kept one', async () => {
  await using receiver = await httpReceiver((_request, response) => response.end());
  const lookup = answers(['127.0.0.1'], ['10.0.0.1']);
  await using sender = testSender({ lookup });
  for (let sent = 0; sent < 3; sent++) {
    const outcome = await sender.post(`http://kept.example:${receiver.port}/`);
    expect(outcome).toMatchObject({ ok: true, remoteAddress: '127.0.0.1' });
  }
  expect(lookup).toHaveBeenCalledTimes(1);
  expect(receiver.connections).toHaveLength(1);
});
