import { command } from '../../command.ts';
import { connect, connectionArgs } from '../../connection.ts';
import { facts } from '../../terminal/table.ts';
import { interviewArg } from './settings.ts';
import { settingsFacts } from './settings-facts.ts';

export const get = command({
  name: 'get',
  description: 'Shows the settings in effect, without their secrets.',
  examples: ['settings get', 'settings get --interview 6a61f0c2e4b0a1d2c3f4a5b6 --json'],
  args: { ...interviewArg, ...connectionArgs },
  run: async ({ interview, ...args }, terminal) => {
    const client = connect(args);
    const settings =
      interview === undefined
        ? await client.settings.webhookSettings.query()
        : await client.interviews.webhookSettings.query({ ai_interview_id: interview });
    terminal.answer(settings, () => facts(terminal, settingsFacts(settings)));
    return undefined;
  },
});
