import { expect, it } from 'vitest';
import { isEmailAddress, mailboxKey } from './email-address.ts';

it.each([
  'ada@example.com',
  'd&d@example.com',
  'user!x@example.com',
  'x=y@example.com',
  "o'hara+tag@mail.example.co.uk",
  "!#$%&'*+-/=?^_`{|}~@example.com",
  '1@example.com',
  'a.b.c@example.com',
  '_@example.com',
  '"ada lovelace"@example.com',
  '"a@b"@example.com',
  String.raw`"a\"b\\"@example.com`,
  '".."@example.com',
  `${'a'.repeat(64)}@example.com`,
  'ada@1and1.example',
  'ada@3com.com',
  'ada@a--b.example',
  'ada@[192.0.2.1]',
  'ada@[IPv6:2001:db8::1]',
  // RFC 6531, with the domain in U-labels and in A-labels
  'ada@münchen.example',
  'ada@xn--mnchen-3ya.example',
  'jörg@münchen.example',
  'jörg@xn--mnchen-3ya.example',
  '用户@例え.jp',
  'пользователь@пример.рф',
  'उपयोगकर्ता@उदाहरण.भारत',
  'ada@نامه‌ای.com',
  '"jörg müller"@example.com',
  '💌@example.com',
  'jo\u0308rg@mu\u0308nchen.example',
])('%j is an e-mail address', (address) => {
  expect(isEmailAddress(address)).toBe(true);
});

it.each([
  '',
  '@',
  'a',
  'a@b',
  'a@localhost',
  '@example.com',
  'a@',
  'a@@example.com',
  'a b@example.com',
  'a@b@example.com',
  '.a@example.com',
  'a.@example.com',
  'a..b@example.com',
  '"a@example.com',
  'a"b@example.com',
  '"a"b"@example.com',
  String.raw`"a\"@example.com`,
  '"a\nb"@example.com',
  'a,b@example.com',
  'a(comment)@example.com',
  '<a@example.com>',
  'Ada <ada@example.com>',
  `${'a'.repeat(65)}@example.com`,
  `${'ö'.repeat(33)}@example.com`,
  `a@${'b'.repeat(64)}.com`,
  `a@${'ü'.repeat(60)}.com`,
  `a@${'bcdefghi.'.repeat(30)}com`,
  'a@example..com',
  'a@.example.com',
  'a@example.com.',
  'a@-example.com',
  'a@example-.com',
  'a@exa_mple.com',
  'a@exa mple.com',
  'a@example.com/',
  'a@example.com:25',
  'a@example%2ecom',
  'a@1.2.3.4',
  'a@example.123',
  'a@example.0x1',
  'a@xn--a.example',
  'a@xn--.example',
  'a@example。com',
  'a@[1.2.3]',
  'a@[256.1.1.1]',
  'a@[2001:db8::1]',
  'a@[IPv6:::zz]',
  'a@[tag:content]',
  'a@ex\u00adample.com',
  'a@ex\u200bample.com',
  'a\u200b@example.com',
  'a\u202eb@example.com',
  'a\u00a0b@example.com',
  'a\u2028b@example.com',
  'a\u0085b@example.com',
  'a\u0000@example.com',
  'a\ud800@example.com',
  'ada@example.com\n',
])('%j is none', (address) => {
  expect(isEmailAddress(address)).toBe(false);
});

it('decides in a moment, however the input is made', () => {
  const hostile = ['a.'.repeat(120), `"${String.raw`\"`.repeat(120)}`, `a@${'-'.repeat(240)}`];
  for (const address of hostile) expect(isEmailAddress(address)).toBe(false);
});

it('knows a mailbox again', () => {
  const key = mailboxKey('jörg@münchen.example');
  for (const same of ['JÖRG@xn--mnchen-3ya.example', 'jo\u0308rg@mu\u0308nchen.Example'])
    expect(mailboxKey(same)).toBe(key);
  expect(mailboxKey('ADA@Example.com')).toBe('ada@example.com');
  expect(mailboxKey('jorg@munchen.example')).not.toBe(key);
});
