import { receiver } from '@interview-webhooks/testing';
import { describe, expect, it } from 'vitest';
import { cli } from './support/cli.ts';

/** Never called. */
const nowhere = { INTERVIEW_WEBHOOKS_URL: 'http://127.0.0.1:1', INTERVIEW_WEBHOOKS_API_KEY: 'key' };

const commands = [
  ['serve'],
  ['worker'],
  ['migrate'],
  ['listen'],
  ['verify'],
  ['deliveries'],
  ['deliveries', 'list'],
  ['deliveries', 'show'],
  ['deliveries', 'redeliver'],
  ['settings'],
  ['settings', 'get'],
  ['settings', 'set'],
  ['settings', 'history'],
  ['keys'],
  ['keys', 'create'],
  ['keys', 'list'],
  ['keys', 'recover'],
  ['keys', 'revoke'],
  ['sessions'],
  ['sessions', 'list'],
  ['sessions', 'end'],
  ['secrets'],
  ['secrets', 'rotate'],
];

describe('help', () => {
  it.each(commands.map((words) => words.join(' ')))(
    '%s --help has its usage and an example',
    async (words) => {
      const { code, stdout, stderr } = await cli([...words.split(' '), '--help']);
      expect(stderr).toBe('');
      expect(code).toBe(0);
      expect(stdout).toContain(`USAGE interview-webhooks ${words}`);
      expect(stdout).toMatch(new RegExp(`EXAMPLES\\n\\n  interview-webhooks ${words}`));
      // Not for a terminal.
      expect(stdout).not.toContain('\u001b');
    },
  );

  it('is what there is without a command, and names all of them', async () => {
    const { code, stdout } = await cli([]);
    expect(code).toBe(0);
    for (const [name = ''] of commands) expect(stdout).toContain(` ${name} `);
  });

  it('says what to do instead of giving keys and secrets as arguments', async () => {
    expect((await cli(['keys', 'list', '--help'])).stdout).toContain('Better in INTERVIEW_WEBHOOKS_API_KEY');
    expect((await cli(['verify', '--help'])).stdout).toContain('Better in INTERVIEW_WEBHOOKS_SECRET');
  });

  it('--version is the package’s', async () => {
    expect((await cli(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('what cannot be meant ends with 2 and says what is wrong', () => {
  it.each([
    [['lists'], 'Unknown command "lists"; there are serve, worker'],
    [['keys'], 'A command is missing; there are create, list, recover, revoke'],
    [['keys', 'lst'], 'Unknown command "lst"'],
    [['keys', 'list', '--al'], "Unknown option '--al'."],
    [['keys', 'list', 'more'], 'Unexpected argument "more".'],
    [['keys', 'list', '--limit'], "Option '--limit <value>' argument missing."],
    [['keys', 'list', '--limit', 'many'], '--limit must be a whole number, not "many".'],
    [['keys', 'revoke'], 'Missing required positional argument: ID.'],
    [['sessions', 'end'], 'Missing required positional argument: ID.'],
    [['keys', 'create', '--name', 'x'], 'Missing required argument: --scopes.'],
    [['keys', 'list', '--url', 'localhost:3000'], "The server's address must be a full http(s) URL"],
    [['deliveries', 'list', '--state', 'lost'], 'Invalid value for argument: --state (lost)'],
    [['deliveries', 'redeliver'], 'Say what to send again'],
    [['deliveries', 'redeliver', 'evt_1', '--state', 'failed'], 'Say what to send again'],
    [['settings', 'set'], 'Nothing is to be set.'],
    [
      ['settings', 'set', '--username', 'u', '--auth', 'apikey'],
      '--username does not go with --auth apikey.',
    ],
    [
      ['settings', 'set', '--update-all', '--interview', '1', '--start', 'off'],
      '--update-all is for the global settings',
    ],
    [
      ['settings', 'set', '--apikey-stdin', '--username', 'u'],
      '--apikey-stdin does not go with --auth basic.',
    ],
    [['settings', 'set', '--file', '-', '--start', 'on'], '--start does not go with --file'],
    [['settings', 'set', '--file', '/nowhere/at/all'], '/nowhere/at/all cannot be read'],
    [['listen', '--forward-to', '4000'], '--forward-to must be a full http(s) URL'],
    [['verify', '--secret-stdin'], 'stdin is either the body or the secret'],
    [['verify', '--id', 'evt_1'], 'There is no signing secret.'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await cli(args, { env: nowhere, input: '' });
    expect(stderr).toContain(`error ${message}`);
    expect(stderr).toContain('--help');
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('an environment without a key, or one that the server cannot use', async () => {
    const noKey = await cli(['keys', 'list']);
    expect(noKey).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Set INTERVIEW_WEBHOOKS_API_KEY') as string,
    });
    const env = { MONGODB_URI: 'postgres://db', SECRET_KEYS: 'a' };
    for (const args of [['serve'], ['worker'], ['secrets', 'rotate']]) {
      const { code, stderr } = await cli(args, { env });
      expect(stderr).toContain('MONGODB_URI must begin with mongodb://');
      expect(stderr).toContain('SECRET_KEYS entry 1 must have the form id:base64');
      expect(code).toBe(2);
    }
    // It has no use for the keys.
    const { code, stderr } = await cli(['migrate'], { env });
    expect(stderr).toContain('MONGODB_URI must begin with mongodb://');
    expect(stderr).not.toContain('SECRET_KEYS');
    expect(code).toBe(2);
  });
});

describe('a server that is not there', () => {
  /** Where nothing listens any more. */
  async function gone() {
    await using was = await receiver();
    return { INTERVIEW_WEBHOOKS_URL: was.url, INTERVIEW_WEBHOOKS_API_KEY: 'key' };
  }

  it('is said, with its reason, and the command ends with 1', async () => {
    const { code, stdout, stderr } = await cli(['settings', 'get'], { env: await gone() });
    expect(stderr).toMatch(/^error The server cannot be reached: .*ECONNREFUSED.*Is it running/);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it('is said as JSON where JSON is asked for', async () => {
    const { code, stdout, stderr } = await cli(['--json', 'settings', 'get'], { env: await gone() });
    expect(JSON.parse(stderr)).toMatchObject({ code: 'unreachable' });
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });
});
