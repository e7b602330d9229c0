import { command } from '../../command.ts';
import { connect, connectionArgs } from '../../connection.ts';
import { moreLine, pageArgs, readPages } from '../../paging.ts';
import { moment } from '../../terminal/moment.ts';
import { plainText } from '../../terminal/plain-text.ts';
import { table } from '../../terminal/table.ts';
import { settingsFacts } from './settings-facts.ts';

export const history = command({
  name: 'history',
  description: 'Shows who did what to the global settings, the newest first.',
  examples: ['settings history --limit 5', 'settings history --all --json'],
  args: { ...pageArgs, ...connectionArgs },
  run: async (args, terminal) => {
    const client = connect(args);
    const page = await readPages(args, (wanted) => client.settings.history.query(wanted));
    terminal.answer(page, () => {
      const rows = page.data.map((entry) => [
        String(entry.revision),
        moment(entry.created_at),
        plainText(entry.actor.name),
        `${entry.action}${entry.updated_all.length > 0 ? ', for all' : ''}`,
        ...Object.values(settingsFacts(entry)),
      ]);
      const names = ['revision', 'at', 'by', 'what', 'start', 'submission', 'auth'];
      return [table(terminal, names, rows), ...moreLine(page)].join('\n');
    });
    return undefined;
  },
});
