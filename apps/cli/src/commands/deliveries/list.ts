import { command } from '../../command.ts';
import { connect, connectionArgs } from '../../connection.ts';
import { moreLine, pageArgs, readPages } from '../../paging.ts';
import { moment } from '../../terminal/moment.ts';
import { plainText } from '../../terminal/plain-text.ts';
import { table } from '../../terminal/table.ts';
import { eventName, lastOutcome, stateWord } from './delivery-words.ts';
import { filterArgs, filterOf } from './filter.ts';

export const list = command({
  name: 'list',
  description: 'Lists deliveries, the newest first.',
  examples: [
    'deliveries list --state failed --from 2026-01-31T00:00:00Z',
    'deliveries list --status-class 5xx --all --json',
    'deliveries list --text ada',
  ],
  args: { ...filterArgs, ...pageArgs, ...connectionArgs },
  run: async (args, terminal) => {
    const client = connect(args);
    const filter = filterOf(args);
    const page = await readPages(args, (wanted) => client.deliveries.list.query({ ...filter, ...wanted }));
    terminal.answer(page, () => {
      const rows = page.data.map((delivery) => [
        moment(delivery.created_at),
        eventName(delivery.event),
        stateWord(terminal, delivery),
        String(delivery.attempts),
        lastOutcome(delivery),
        plainText(delivery.candidate_name),
        plainText(delivery.ai_interview_name),
        delivery.delivery_id,
      ]);
      const names = ['created', 'event', 'state', 'attempts', 'last', 'candidate', 'interview', 'id'];
      return [table(terminal, names, rows), ...moreLine(page)].join('\n');
    });
    return undefined;
  },
});
