import type { EnumArgDef, StringArgDef } from 'citty';
import { command } from '../../command.ts';
import { connect, connectionArgs } from '../../connection.ts';
import { readEnv } from '../../env.ts';
import { UsageError } from '../../failure.ts';
import { readInput, readSecret } from '../../terminal/read-input.ts';
import { facts } from '../../terminal/table.ts';
import { settingsFacts } from './settings-facts.ts';
import {
  authTypeOf,
  settingsUpdate,
  type SettingsUpdate,
  updateOptions,
  type UpdateOptions,
} from './settings-update.ts';
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
  file?: string;
  'update-all'?: boolean;
}

async function updateOf(args: SetArgs): Promise<SettingsUpdate> {
  const { file } = args;
  const all = args['update-all'] ? { updateAll: true } : {};
  if (file === undefined) return { webhooks: settingsUpdate(args, await secretOf(args)), ...all };
  const surplus = updateOptions.find((name) => args[name] !== undefined);
  if (surplus) throw new UsageError(`--${surplus} does not go with --file, which has all that is to be set.`);
  const text = (await readInput(file)).toString('utf8');
  try {
    // The server says what is wrong with it, field by field.
    return { ...(JSON.parse(text) as SettingsUpdate), ...all };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UsageError(`${file === '-' ? 'What came in on stdin' : file} is not JSON.`);
  }
}

async function secretOf(args: UpdateOptions): Promise<string | undefined> {
  authTypeOf(args);
  if (args['password-stdin'] ?? args['apikey-stdin']) return readSecret();
  const { authPassword, authApikey } = readEnv();
  // Only where the kind of auth is given: a variable that lies around must change nothing.
  switch (args.auth) {
    case 'basic':
      return authPassword;
    case 'apikey':
      return authApikey;
    default:
      return undefined;
  }
}
