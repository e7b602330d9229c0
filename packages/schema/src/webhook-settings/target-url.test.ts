import { describe, expect, it } from 'vitest';
import { MAX_URL_LENGTH, targetUrlFault } from './target-url.ts';

describe('a webhook URL', () => {
  it.each([
    'https://example.com/webhook/start',
    'https://example.com',
    'HTTPS://Example.com:8443/a?b=c',
    'http://127.0.0.1:9000/inbox',
    'https://xn--bcher-kva.example/a%20b',
    'https://bücher.example/',
    'https://example.com/@handle?mail=a@b.c',
    'https://[2606:4700::1111]/x',
    `https://example.com/${'a'.repeat(MAX_URL_LENGTH - 20)}`,
  ])('may be %s', (url) => {
    expect(targetUrlFault(url)).toBeNull();
  });

  it.each([
    ['nope', 'full URL'],
    ['', 'full URL'],
    ['//example.com/x', 'full URL'],
    ['https:example.com', 'full URL'],
    ['ftp://example.com/x', 'full URL'],
    ['javascript://example.com/%0aalert(1)', 'full URL'],
    ['https://', 'valid URL'],
    ['https://exa mple.com', 'spaces'],
    ['https://example.com/\nx', 'spaces'],
    [' https://example.com', 'spaces'],
    ['https:\\\\example.com', 'backslashes'],
    ['https://example.com\\@evil.example/', 'backslashes'],
    ['https://example.com/\ud800', 'percent-encode'],
    ['https://u:p@example.com/x', 'username or password'],
    ['https://@example.com/x', 'username or password'],
    ['https://example.com/x#y', 'fragment'],
    ['https://example.com/#', 'fragment'],
    ['https://example.com:0/', 'port 0'],
    ['https://example.com:99999/', 'valid URL'],
    ['https://300.1.1.1/', 'valid URL'],
    [`https://example.com/${'ü'.repeat(1500)}`, 'once encoded'],
  ])('may not be %j', (url, reason) => {
    expect(targetUrlFault(url)).toContain(reason);
  });
});
