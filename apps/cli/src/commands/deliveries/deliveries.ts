import { group } from '../../command.ts';

export const deliveries = group({
  name: 'deliveries',
  description: 'What was sent, what waits, what failed.',
  examples: ['deliveries list --state failed', 'deliveries show evt_6a61f0c2e4b0a1d2c3f4a5b8_start'],
  commands: {
    list: async () => (await import('./list.ts')).list,
    show: async () => (await import('./show.ts')).show,
    redeliver: async () => (await import('./redeliver.ts')).redeliver,
  },
});
