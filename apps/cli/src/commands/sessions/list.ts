import { command } from '../../command.ts';
import { connect, connectionArgs } from '../../connection.ts';
import { moreLine, pageArgs, readPages } from '../../paging.ts';
import { table } from '../../terminal/table.ts';
import { sessionFacts } from './session-facts.ts';

export const list = command({
  name: 'list',
  description: 'Lists the sessions of the dashboard that have not ended, the newest first.',
  examples: ['sessions list', 'sessions list --all --json'],
  args: { ...pageArgs, ...connectionArgs },
  run: async (args, terminal) => {
    const client = connect(args);
    const page = await readPages(args, (wanted) => client.sessions.list.query(wanted));
    terminal.answer(page, () => {
      const [first, ...rest] = page.data.map(sessionFacts);
      if (!first) return ['No sessions.', ...moreLine(page)].join('\n');
      const shown = table(
        terminal,
        Object.keys(first),
        [first, ...rest].map((row) => Object.values(row)),
      );
      return [shown, ...moreLine(page)].join('\n');
    });
    return undefined;
  },
});
