import { describe, expect, it } from 'vitest';
import { isInNetworks, loopbackNetworks, nonPublicKind } from './address-guard.ts';
import { network } from './networks.ts';

describe('addresses that webhooks may not be sent to', () => {
  it.each([
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['10.0.0.1', 'private'],
    ['100.64.0.1', 'private (carrier-grade NAT)'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['169.254.0.1', 'link-local'],
    ['168.63.129.16', 'cloud metadata'],
    ['169.254.169.254', 'cloud metadata'],
    ['169.254.170.2', 'cloud metadata'],
    ['100.100.100.200', 'cloud metadata'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.0.0.1', 'reserved'],
    ['192.0.2.1', 'reserved'],
    ['192.88.99.1', 'reserved'],
    ['192.168.1.1', 'private'],
    ['198.18.0.1', 'reserved'],
    ['198.51.100.1', 'reserved'],
    ['203.0.113.1', 'reserved'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'reserved'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::ffff:10.0.0.1', 'translated (IPv4-mapped)'],
    ['::ffff:8.8.8.8', 'translated (IPv4-mapped)'],
    ['::127.0.0.1', 'translated (IPv4-mapped)'],
    ['::7f00:1', 'reserved'],
    ['64:ff9b::10.0.0.1', 'translated (NAT64)'],
    ['64:ff9b:1::1', 'translated (NAT64)'],
    ['100::1', 'reserved'],
    ['2001::1', 'translated (Teredo)'],
    ['2001:2::1', 'reserved'],
    ['2001:db8::1', 'reserved'],
    ['2002:a00:1::', 'translated (6to4)'],
    ['3fff::1', 'reserved'],
    ['4000::1', 'reserved'],
    ['5f00::1', 'reserved'],
    ['fc00::1', 'private'],
    ['fd00:ec2::254', 'cloud metadata'],
    ['fe80::1', 'link-local'],
    ['fec0::1', 'reserved'],
    ['ff02::1', 'multicast'],
    ['fe80::1%eth0', 'malformed'],
    ['nonsense', 'malformed'],
    ['', 'malformed'],
  ])('%s is %s', (address, kind) => {
    expect(nonPublicKind(address)).toBe(kind);
  });

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '93.184.216.34',
    '168.63.129.15',
    '168.63.129.17',
    '172.32.0.1',
    '192.167.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001::1',
  ])('%s is public', (address) => {
    expect(nonPublicKind(address)).toBeNull();
  });
});

it('knows what lies in a network', () => {
  expect(isInNetworks('127.5.0.1', loopbackNetworks)).toBe(true);
  expect(isInNetworks('::1', loopbackNetworks)).toBe(true);
  expect(isInNetworks('128.0.0.1', loopbackNetworks)).toBe(false);
  expect(isInNetworks('::ffff:127.0.0.1', loopbackNetworks)).toBe(false);
  expect(isInNetworks('10.1.2.3', [network('10.1.0.0/16')])).toBe(true);
});
