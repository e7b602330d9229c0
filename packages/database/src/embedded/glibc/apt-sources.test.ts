import { expect, test } from 'vitest';
import { debianMirror, parseDeb822Sources, parseOneLineSources } from './apt-sources.ts';

const DEB822 = `\
Types: deb
# the archive
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;

const VENDOR_DEB822 = `\
Types: deb
URIs: https://vendor.example/debian
Suites: nodistro
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQINBFit2ioBEADhWpZ8/wvZ6hUTiXOwQHXMAlaFHcPH9hAtr4F1y2+OYdbtMuth
 -----END PGP PUBLIC KEY BLOCK-----
`;

const ONE_LINE = `\
# deb http://old.example/debian bullseye main
deb [arch=amd64 signed-by=/etc/apt/keyrings/vendor.gpg] https://vendor.example/linux/debian bookworm main
deb-src http://mirror.example/debian bookworm main
deb http://mirror.example/debian-security bookworm-security main
deb http://mirror.example/debian/ bookworm main contrib # the archive
`;

test('deb822 stanzas are read with their lists, comments and continued fields', () => {
  expect(parseDeb822Sources(DEB822)[0]).toEqual({
    types: ['deb'],
    uris: ['http://mirror.example/debian'],
    suites: ['bookworm', 'bookworm-updates'],
    components: ['main'],
    signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg',
  });
  expect(parseDeb822Sources(VENDOR_DEB822)[0]?.signedBy).toMatch(
    /^-----BEGIN.*END PGP PUBLIC KEY BLOCK-----$/,
  );
});

test('a disabled deb822 stanza is none', () => {
  expect(parseDeb822Sources(`Enabled: no\n${DEB822}`)).toHaveLength(1);
});

test('one-line entries are read with their options, and comments are not', () => {
  const sources = parseOneLineSources(ONE_LINE);
  expect(sources).toHaveLength(4);
  expect(sources[0]).toMatchObject({ signedBy: '/etc/apt/keyrings/vendor.gpg', suites: ['bookworm'] });
  expect(sources[3]).toEqual({
    types: ['deb'],
    uris: ['http://mirror.example/debian/'],
    suites: ['bookworm'],
    components: ['main', 'contrib'],
    signedBy: undefined,
  });
});

test('the mirror is the one of Debian itself, never a vendor or the security archive', () => {
  const vendorFirst = [...parseDeb822Sources(VENDOR_DEB822), ...parseDeb822Sources(DEB822)];
  expect(debianMirror(vendorFirst)).toBe('http://mirror.example/debian');
  expect(debianMirror(parseOneLineSources(ONE_LINE))).toBe('http://mirror.example/debian/');
});

test('what Debian signs comes before what nobody is named for', () => {
  const sources = [
    ...parseOneLineSources('deb http://unsigned.example/debian bookworm main'),
    ...parseDeb822Sources(DEB822),
  ];
  expect(debianMirror(sources)).toBe('http://mirror.example/debian');
});

test('a system without an archive of Debian has no mirror', () => {
  expect(debianMirror(parseDeb822Sources(VENDOR_DEB822))).toBeUndefined();
  expect(debianMirror(parseOneLineSources('deb http://archive.example/ubuntu jammy main'))).toBeUndefined();
  expect(debianMirror([])).toBeUndefined();
});
