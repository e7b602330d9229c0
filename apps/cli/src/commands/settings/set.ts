import type { EnumArgDef, StringArgDef } from 'citty';
import { command } from '../../command.ts';
import { connect, connectionArgs } from '../../connection.ts';
import { readEnv } from '../../env.ts';
import { UsageError } from '../../failure.ts';
import { readInput, readSecret } from '../../terminal/read-input.ts';
import { facts } from '../../terminal/table.ts';
import { settingsFacts } from './settings-facts.ts';
import { settingsUpdate, type SettingsUpdate, type UpdateOptions } from './settings-update.ts';
import { interviewArg } from './settings.ts';

const onOff = (what: string) =>
  ({ type: 'enum', options: ['on', 'off'], description: `Whether ${what} is told.` }) satisfies EnumArgDef;
const url = (what: string) =>
  ({
    type: 'string',
    valueHint: 'url',
    description: `Where ${what} is told. An empty one clears it.`,
  }) satisfies StringArgDef;

export const set = command({
  name: 'set',
  description: 'Changes the settings. What is not given stays as it is.',
  examples: [
    'settings set --start on --start-url https://ats.example.com/hooks/start --update-all',
    'settings set --auth basic --username ats --password-stdin < password.txt',
    'settings set --interview 6a61f0c2e4b0a1d2c3f4a5b6 --submission off',
    'settings get --json | interview-webhooks settings set --file -',
  ],
  args: {
    start: onOff('a start'),
    'start-url': url('a start'),
    submission: onOff('a submission'),
    'submission-url': url('a submission'),
    auth: {
      type: 'enum',
      options: ['none', 'basic', 'apikey'],
      description: 'How the webhooks authenticate.',
    },
    username: { type: 'string', description: 'For basic.' },
    'password-stdin': {
      type: 'boolean',
      description: 'For basic: reads the password from stdin. Otherwise INTERVIEW_WEBHOOKS_AUTH_PASSWORD.',
    },
    header: { type: 'string', description: 'For apikey: the header’s name.' },
    'apikey-stdin': {
      type: 'boolean',
      description: 'For apikey: reads its value from stdin. Otherwise INTERVIEW_WEBHOOKS_AUTH_APIKEY.',
    },
    file: {
      type: 'string',
      valueHint: 'path',
      description: 'JSON as the API takes it, {"webhooks":{…}}, instead of the options above; - for stdin.',
    },
    'update-all': { type: 'boolean', description: 'Also for all AI interviews that exist.' },
    ...interviewArg,
    ...connectionArgs,
  },
  run: async (args, terminal) => {
    const { interview } = args;
    const client = connect(args);
    const update = await updateOf(args);
    if (interview !== undefined && update.updateAll !== undefined) {
      throw new UsageError('--update-all is for the global settings, not for those of one AI interview.');
    }
    const settings =
      interview === undefined
        ? await client.settings.updateWebhookSettings.mutate(update)
        : await client.interviews.updateWebhookSettings.mutate({ ...update, ai_interview_id: interview });
    terminal.answer(settings, () => facts(terminal, settingsFacts(settings)));
    return undefined;
  },
});

interface SetArgs extends UpdateOptions {
  'password-stdin'?: boolean;
  'apikey-stdin'?: boolean;
  file?: string;
  'update-all'?: boolean;
}

async function updateOf(args: SetArgs): Promise<SettingsUpdate> {
  const all = args['update-all'] ? { updateAll: true } : {};
  if (args.file === undefined)
    return { webhooks: settingsUpdate({ ...args, secret: await secretOf(args) }), ...all };
  const text = (await readInput(args.file)).toString('utf8');
  try {
    // The server says what is wrong with it, field by field.
    return { ...(JSON.parse(text) as SettingsUpdate), ...all };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`${args.file === '-' ? 'What came in on stdin' : args.file} is not JSON.`);
  }
}

/** From the environment only where the kind of auth is given: a variable that lies around must change nothing. */
async function secretOf(args: SetArgs): Promise<string | undefined> {
  const { auth } = args;
  if (args['password-stdin'] && args['apikey-stdin']) {
    throw new UsageError('Give one of --password-stdin and --apikey-stdin.');
  }
  if (args['password-stdin'] && auth === 'apikey')
    throw new UsageError('--auth apikey takes --apikey-stdin.');
  if (args['apikey-stdin'] && auth === 'basic') throw new UsageError('--auth basic takes --password-stdin.');
  if (args['password-stdin'] || args['apikey-stdin']) return readSecret();
  const { authPassword, authApikey } = readEnv();
  if (auth === 'basic') return authPassword;
  return auth === 'apikey' ? authApikey : undefined;
}
