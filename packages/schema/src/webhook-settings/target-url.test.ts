import { describe, expect, it } from 'vitest';
import { MAX_URL_LENGTH, SentUrl, targetUrlFault, urlAsSent } from './target-url.ts';

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

describe('a URL is stored as it will be sent', () => {
  it.each([
    ['https://example.com/a/%2e%2e/b', 'https://example.com/b'],
    ['https://example.com/a/%2E/b', 'https://example.com/a/b'],
    ['https://example.com/a/../b/.', 'https://example.com/b/'],
    ["https://example.com/a?q='x'", 'https://example.com/a?q=%27x%27'],
    ['https://example.com/{id}?q="<>"', 'https://example.com/%7Bid%7D?q=%22%3C%3E%22'],
    ['https://bücher.example/ü?ü', 'https://xn--bcher-kva.example/%C3%BC?%C3%BC'],
    ['HTTPS://Example.COM/A', 'https://example.com/A'],
    ['https://example.com:443/a', 'https://example.com/a'],
    ['http://127.0.0.1:80/a', 'http://127.0.0.1/a'],
    ['https://example.com:0443/a', 'https://example.com/a'],
    ['https://example.com/a?', 'https://example.com/a'],
    ['https://example.com?a=b', 'https://example.com/?a=b'],
    ['https://[2606:4700:0::1111]/', 'https://[2606:4700::1111]/'],
    ['https://0x08.8.8.8/', 'https://8.8.8.8/'],
  ])('%s as %s', (given, sent) => {
    expect(SentUrl.parse(given)).toBe(sent);
    expect(urlAsSent(sent)).toBe(sent);
  });

  it.each([
    'https://example.com/webhook/start',
    'https://example.com',
    'https://example.com:8443',
    "https://example.com/it's",
    'https://example.com/a%20b/%7E?q=%27&r=a+b',
    'https://example.com//a//',
    'https://example.com/a;b=1/@c:d',
  ])('%s as it is', (given) => {
    expect(SentUrl.parse(given)).toBe(given);
  });

  it('and what a request line asks for is what is shown', () => {
    for (const given of ["https://example.com/'?'|^`", 'https://example.com/a/%2e%2e?']) {
      const { pathname, search } = new URL(given);
      expect(SentUrl.parse(given)).toBe(`https://example.com${pathname}${search}`);
    }
  });
});
