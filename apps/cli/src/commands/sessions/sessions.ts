import { group } from '../../command.ts';

export const sessions = group({
  name: 'sessions',
  description: 'Sessions of the dashboard. They ask for the scope keys:manage.',
  examples: ['sessions list', 'sessions end 6a61f0c2e4b0a1d2c3f4a5b6'],
  commands: {
    list: async () => (await import('./list.ts')).list,
    end: async () => (await import('./end.ts')).end,
  },
});
