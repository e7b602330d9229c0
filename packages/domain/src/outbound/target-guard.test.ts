import { describe, expect, it } from 'vitest';
import { loopbackNetworks } from './address-guard.ts';
import { type Network, parseNetwork } from './networks.ts';
import { createTargetGuard } from './target-guard.ts';

/** A guard whose names resolve to the given addresses; others do not resolve. */
function guard(names: Record<string, string[]> = {}, allowedNetworks: readonly Network[] = []) {
  return createTargetGuard({
    allowedNetworks,
    lookup: (hostname) => {
      const addresses = names[hostname];
      return addresses ? Promise.resolve(addresses) : Promise.reject(new Error('ENOTFOUND'));
    },
  });
}

describe('without allowed networks', () => {
  it.each([
    ['https://10.0.0.1/x', 'the private address 10.0.0.1'],
    ['https://169.254.169.254/latest', 'the cloud metadata address 169.254.169.254'],
    ['https://0x7f.1/', 'the loopback address 127.0.0.1'],
    ['https://017700000001/', 'the loopback address 127.0.0.1'],
    ['https://2130706433/', 'the loopback address 127.0.0.1'],
    ['https://127.1/', 'the loopback address 127.0.0.1'],
    ['https://10.0.0.1./', 'the private address 10.0.0.1'],
    ['https://１０.0.0.1/', 'the private address 10.0.0.1'],
    ['https://[::1]/', 'the loopback address ::1'],
    ['https://[::ffff:10.0.0.1]/', 'translated (IPv4-mapped)'],
    ['https://[64:ff9b::a00:1]/', 'translated (NAT64)'],
    ['https://localhost/', 'the loopback address 127.0.0.1'],
    ['https://LOCALHOST./', 'the loopback address 127.0.0.1'],
    ['https://app.localhost:8443/', 'the loopback address 127.0.0.1'],
    ['https://intern.example/', 'leads to the private address 192.168.1.5'],
    ['https://half.example/', 'leads to the private address fd00::1'],
  ])('%s is refused', async (url, reason) => {
    const names = { 'intern.example': ['192.168.1.5'], 'half.example': ['93.184.216.34', 'fd00::1'] };
    expect(await guard(names).faultOf(url, 'w')).toContain(reason);
  });

  it('accepts a public address, a name that leads to one, and a name that does not resolve', async () => {
    const here = guard({ 'example.com': ['93.184.216.34'] });
    expect(await here.faultOf('https://1.1.1.1/', 'w')).toBeNull();
    expect(await here.faultOf('https://example.com/', 'w')).toBeNull();
    expect(await here.faultOf('https://not-yet.example/', 'w')).toBeNull();
  });

  it('refuses plain http everywhere', async () => {
    const here = guard({ 'example.com': ['93.184.216.34'] });
    for (const url of ['http://example.com/', 'http://1.1.1.1/', 'http://not-yet.example/']) {
      expect(await here.faultOf(url, 'w')).toContain('https://');
    }
  });

  it('takes a look-up that never ends for one that fails', async () => {
    const never = createTargetGuard({
      allowedNetworks: [],
      lookup: () => new Promise(() => undefined),
      lookupTimeoutMs: 5,
    });
    expect(await never.faultOf('https://slow.example/', 'w')).toBeNull();
  });
});

describe('with allowed networks', () => {
  const here = guard(
    {
      'intern.example': ['10.1.2.3'],
      'mixed.example': ['10.1.2.3', '10.9.9.9'],
      'example.com': ['93.184.216.34'],
    },
    [...loopbackNetworks, parseNetwork('10.1.0.0/16')],
  );

  it('accepts them, over plain http too', async () => {
    for (const url of [
      'http://127.0.0.1:9000/inbox',
      'http://localhost:9000/',
      'http://[::1]/',
      'https://intern.example/',
      'http://10.1.2.3/',
    ]) {
      expect(await here.faultOf(url, 'w')).toBeNull();
    }
  });

  it('still refuses all others', async () => {
    expect(await here.faultOf('https://10.2.0.1/', 'w')).toContain('private');
    expect(await here.faultOf('https://mixed.example/', 'w')).toContain('10.9.9.9');
    expect(await here.faultOf('http://example.com/', 'w')).toContain('https://');
    expect(await here.faultOf('https://[::ffff:127.0.0.1]/', 'w')).toContain('IPv4-mapped');
    expect(await here.faultOf('ftp://127.0.0.1/', 'w')).toContain('https://');
  });
});
