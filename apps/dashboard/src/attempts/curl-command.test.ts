import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { curlCommand, quoted } from './curl-command.ts';

const run = promisify(execFile);

/** What a shell hands to `curl` for `command`: its arguments. */
async function argumentsOf(command: string): Promise<string[]> {
  const { stdout } = await run('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${command}`]);
  return stdout.split('\0').slice(0, -1);
}

test.each([
  `it's`,
  `''`,
  `"$HOME" $(id) \`id\` \\ \\\\ !! # ; & | > < * ? ~ {a,b} [a-z]`,
  'two\nlines\tand a tab',
  '@file',
  'Zoë 語 🎉',
  '',
])('a shell reads %j as what it is', async (text) => {
  expect(await argumentsOf(`curl ${quoted(text)}`)).toEqual([text]);
});

test('an attempt is sent again as it was, but for the secret', async () => {
  const command = curlCommand({
    url: `https://example.com/hooks?a='1'&b={2}`,
    request: {
      headers: { authorization: '••••••', 'content-type': 'application/json', "x-o'key": '$HOME' },
      body: `{"candidate_name":"O'Hara; rm -rf \\"$HOME\\""}`,
    },
  });
  expect(await argumentsOf(command)).toEqual([
    '--globoff',
    '--request',
    'POST',
    `https://example.com/hooks?a='1'&b={2}`,
    '--header',
    'authorization: PUT-THE-SECRET-HERE',
    '--header',
    'content-type: application/json',
    '--header',
    "x-o'key: $HOME",
    '--data-raw',
    `{"candidate_name":"O'Hara; rm -rf \\"$HOME\\""}`,
  ]);
});
