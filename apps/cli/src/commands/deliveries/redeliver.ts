import type { Client } from '@interview-webhooks/client';
import { command } from '../../command.ts';
import { connect, connectionArgs } from '../../connection.ts';
import { UsageError } from '../../failure.ts';
import { ask } from '../../terminal/ask.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { stateWord } from './delivery-words.ts';
import { type Filter, filterArgs, filterOf } from './filter.ts';
import { followRedelivery } from './follow-redelivery.ts';

export const redeliver = command({
  name: 'redeliver',
  description: 'Sends one delivery again, or all that match a filter.',
  details:
    'Many are counted and asked for first, and then followed. Ctrl-C asks whether to cancel; where nobody can be asked,\n' +
    'it goes on on the server.',
  examples: [
    'deliveries redeliver evt_6a61f0c2e4b0a1d2c3f4a5b8_start',
    'deliveries redeliver --state failed --from 2026-01-31T00:00:00Z',
    'deliveries redeliver --status-class 5xx --yes --json',
    'deliveries redeliver --follow 6a61f0c2e4b0a1d2c3f4a5b9',
  ],
  args: {
    id: { type: 'positional', required: false, description: 'The one to send again.' },
    ...filterArgs,
    yes: { type: 'boolean', description: 'Does not ask how many may be sent again.' },
    follow: { type: 'string', valueHint: 'id', description: 'Follows one of many that is running already.' },
    ...connectionArgs,
  },
  run: async (args, terminal) => {
    const filter = filterOf(args);
    const hasFilter = Object.keys(filter).length > 0;
    if ([args.id !== undefined, hasFilter, args.follow !== undefined].filter(Boolean).length !== 1) {
      throw new UsageError(
        'Say what to send again: an id, or a filter such as --state failed; or --follow one.',
      );
    }
    const client = connect(args);
    if (args.follow !== undefined) return followRedelivery(client, args.follow, terminal);
    if (args.id === undefined)
      return redeliverMatching({ client, terminal, filter, isSure: args.yes ?? false });
    const delivery = await client.deliveries.redeliver.mutate({ delivery_id: args.id });
    terminal.answer(delivery, () => `${delivery.delivery_id}  ${stateWord(terminal, delivery)}`);
    return undefined;
  },
});

interface ToRedeliver {
  client: Client;
  terminal: Terminal;
  filter: Filter;
  isSure: boolean;
}

async function redeliverMatching({
  client,
  terminal,
  filter,
  isSure,
}: ToRedeliver): Promise<number | undefined> {
  if (!isSure) {
    const { count } = await client.deliveries.count.query(filter);
    if (count === 0) {
      terminal.note('No delivery matches.');
      return undefined;
    }
    const many =
      count === null ? 'More than can be counted match' : `${count} ${count === 1 ? 'matches' : 'match'}`;
    if (!terminal.isInteractive)
      throw new UsageError(`${many}; give --yes to send them again without being asked.`);
    if (!(await ask(`${many}. Send again?`))) {
      terminal.note('Nothing was sent again.');
      return undefined;
    }
  }
  const { redelivery_id } = await client.redeliveries.create.mutate(filter);
  return followRedelivery(client, redelivery_id, terminal);
}
