import { command } from '../../command.ts';
import { connect, connectionArgs } from '../../connection.ts';
import { moreLine, pageArgs, readPages } from '../../paging.ts';
import { table } from '../../terminal/table.ts';
import { keyFacts } from './key-facts.ts';

export const list = command({
  name: 'list',
  description: 'Lists the API keys, the newest first.',
  examples: ['keys list', 'keys list --all --json'],
  args: { ...pageArgs, ...connectionArgs },
  run: async (args, terminal) => {
    const client = connect(args);
    const page = await readPages(args, (wanted) => client.apiKeys.list.query(wanted));
    terminal.answer(page, () => {
      const rows = page.data.map(keyFacts);
      const shown = table(
        terminal,
        Object.keys(rows[0] ?? {}),
        rows.map((row) => Object.values(row)),
      );
      return [shown, ...moreLine(page)].join('\n');
    });
    return undefined;
  },
});
