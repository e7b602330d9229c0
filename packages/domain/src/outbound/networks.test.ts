import { describe, expect, it } from 'vitest';
import { parseNetwork } from './networks.ts';
import { targetRefusal } from './target-rules.ts';

describe('networks that an operator gives', () => {
  it.each([
    '10.0.0.0/8',
    '10.1.2.3/32',
    '100.64.0.0/16',
    '127.0.0.0/8',
    '169.254.1.1/32',
    '192.168.0.0/16',
    '::1/128',
    'fd12:3456:789a::/48',
    'fd12:3456:789a::1/128',
    'fe80::/16',
    '2001:db8::/32',
  ])('%s is taken', (text) => {
    const [base, bits] = parseNetwork(text);
    expect(`${base.toString()}/${bits}`).toBe(text);
  });

  it.each([
    ['10/8', 'is not a network'],
    ['10.1/16', 'is not a network'],
    ['010.0.0.0/8', 'is not a network'],
    ['0x0a.0.0.0/8', 'is not a network'],
    ['167772160/8', 'is not a network'],
    ['10.0.0.0', 'for one address write 10.0.0.0/32'],
    ['fd12::1', 'for one address write fd12::1/128'],
    ['10.0.0.0/', 'is not a network'],
    ['10.0.0.0/08', 'is not a network'],
    ['10.0.0.0/33', 'is not a network'],
    ['10.0.0.0/+8', 'is not a network'],
    ['10.0.0.0/8/8', 'is not a network'],
    ['10.0.0.0/255.0.0.0', 'is not a network'],
    ['fe80::1%eth0/128', 'is not a network'],
    ['intranet', 'is not a network'],
    ['loopback', 'is not a network'],
    ['10.0.0.0/8\n', 'is not a network'],
    ['10.0.0.1/8', 'write 10.0.0.0/8'],
    ['192.168.1.1/16', 'write 192.168.0.0/16'],
    ['fd12:3456:789a:1::/48', 'write fd12:3456:789a::/48'],
    ['FD12::/16', 'write fd12::/16'],
    ['fd12:0::/32', 'write fd12::/32'],
    ['0.0.0.0/0', 'too wide'],
    ['::/0', 'too wide'],
    ['0.0.0.0/1', 'too wide'],
    ['128.0.0.0/1', 'too wide'],
    ['8.0.0.0/7', 'too wide'],
    ['2000::/3', 'too wide'],
    ['0.0.0.0/8', 'unspecified'],
    ['0.0.0.0/32', 'unspecified'],
    ['::/128', 'unspecified'],
    ['169.254.169.254/32', 'cloud metadata address 169.254.169.254'],
    ['169.254.0.0/16', 'cloud metadata'],
    ['168.63.129.16/32', 'cloud metadata address 168.63.129.16'],
    ['168.0.0.0/8', 'cloud metadata address 168.63.129.16'],
    ['100.64.0.0/10', 'cloud metadata address 100.100.100.200'],
    ['fd00:ec2::/32', 'cloud metadata'],
    ['fd00::/8', 'cloud metadata'],
    ['::ffff:0:0/96', 'stands for IPv4'],
    ['::ffff:a00:0/104', 'stands for IPv4'],
    ['64:ff9b::/96', 'stands for IPv4'],
    ['2002::/16', 'stands for IPv4'],
    [`mongodb://user:${'s3cret'.repeat(8)}@db`, 'has an entry that is not a network'],
  ])('%j is refused, and the message says why', (text, why) => {
    expect(() => parseNetwork(text)).toThrow(why);
  });

  it('does not repeat what may be a secret', () => {
    expect(() => parseNetwork('s3cret'.repeat(10))).toThrow(/^(?!.*s3cret)/s);
  });
});

it('a metadata address stays forbidden, whatever network allows it', () => {
  const allowedNetworks = [parseNetwork('127.0.0.0/8'), [parseNetwork('169.254.1.1/32')[0], 0] as const];
  const url = new URL('https://metadata.example/');
  for (const address of ['169.254.169.254', '168.63.129.16', '100.100.100.200'])
    expect(targetRefusal({ url, addresses: [address], allowedNetworks })?.code).toBe('address-forbidden');
  expect(targetRefusal({ url, addresses: ['10.0.0.1'], allowedNetworks })).toBeNull();
});
