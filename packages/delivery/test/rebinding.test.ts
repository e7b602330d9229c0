import { createAddressLookup, createTargetGuard, parseNetwork } from '@interview-webhooks/domain';
import { type NameServer, nameServer } from '@interview-webhooks/testing';
import { expect, it } from 'vitest';
import { answering, httpReceiver } from './receivers.ts';
import { testSender } from './senders.ts';

const PUBLIC = '93.184.216.34';

/** Asks this server only, each time anew. */
function lookupBy({ servers }: NameServer) {
  return createAddressLookup({ servers, foundForMs: 0, silentForMs: 0 });
}

it.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', 'fd00::1', '::ffff:7f00:1', '64:ff9b::7f00:1'])(
  'a name that was public while the settings were saved, and is %s now, is not connected to',
  async (address) => {
    await using names = await nameServer({ 'rebinding.example': [[PUBLIC], [address]] });
    const lookup = lookupBy(names);
    const guard = createTargetGuard({ allowedNetworks: [], lookup });
    await using sender = testSender({ allowedNetworks: [], lookup });

    expect(await guard.faultOf('https://rebinding.example/', 'w')).toBeNull();
    const { error, remoteAddress } = await sender.post('https://rebinding.example/');
    expect([error?.code, remoteAddress]).toEqual(['address-forbidden', null]);
    expect(await guard.faultOf('https://rebinding.example/', 'w')).toContain('public addresses only');
  },
);

it('a name that changes between the check and the connection is not asked again', async () => {
  await using receiver = await httpReceiver(answering(200, { connection: 'close' }));
  await using names = await nameServer({ 'rebinding.example': [['127.0.0.1'], ['127.0.0.2']] });
  await using sender = testSender({
    allowedNetworks: [parseNetwork('127.0.0.1/32')],
    lookup: lookupBy(names),
  });
  const url = `http://rebinding.example:${receiver.port}/`;

  expect(await sender.post(url)).toMatchObject({ ok: true, remoteAddress: '127.0.0.1' });
  expect(names.asked).toEqual({ 'rebinding.example': 1 });
  expect(await sender.post(url)).toMatchObject({ ok: false, error: { code: 'address-forbidden' } });
  expect(names.asked).toEqual({ 'rebinding.example': 2 });
  expect(receiver.connections).toHaveLength(1);
});

it.each([
  ['a private address behind a public one', [PUBLIC, '10.0.0.1']],
  ['a private address before a public one', ['10.0.0.1', PUBLIC]],
  ['a private address of the other family', [PUBLIC, '::1']],
  ['another name of a private address', ['inside.example']],
  ['a chain of names that ends inside', ['first.example']],
  ['a chain of names that ends inside and outside', ['fork.example']],
])('%s is refused, when saved and when sent', async (_name, records) => {
  await using names = await nameServer({
    'target.example': [records],
    'first.example': [['second.example']],
    'second.example': [['inside.example']],
    'fork.example': [[PUBLIC, '127.0.0.1']],
    'inside.example': [['127.0.0.1', 'fd00::1']],
  });
  const url = 'https://target.example/';
  const lookup = lookupBy(names);
  const guard = createTargetGuard({ allowedNetworks: [], lookup });
  await using sender = testSender({ allowedNetworks: [], lookup });

  expect(await guard.faultOf(url, 'w')).toContain('public addresses only');
  const { error, remoteAddress } = await sender.post(url);
  expect([error?.code, remoteAddress]).toEqual(['address-forbidden', null]);
});

it('a chain of names that ends at a receiver is followed', async () => {
  await using receiver = await httpReceiver(answering(200));
  await using names = await nameServer({
    'target.example': [['first.example']],
    'first.example': [['second.example']],
    'second.example': [['127.0.0.1']],
  });
  await using sender = testSender({ lookup: lookupBy(names) });
  const outcome = await sender.post(`http://target.example:${receiver.port}/`);
  expect(outcome).toMatchObject({ ok: true, remoteAddress: '127.0.0.1' });
});
