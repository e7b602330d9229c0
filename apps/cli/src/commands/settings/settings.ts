import { group } from '../../command.ts';

export const settings = group({
  name: 'settings',
  description: 'The webhooks’ settings: for all AI interviews, or with --interview for one.',
  examples: [
    'settings get',
    'settings set --start on --start-url https://ats.example.com/hooks --update-all',
  ],
  commands: {
    get: async () => (await import('./get.ts')).get,
    set: async () => (await import('./set.ts')).set,
    history: async () => (await import('./history.ts')).history,
  },
});

export const interviewArg = {
  interview: {
    type: 'string',
    valueHint: 'id',
    description: 'Of this AI interview. Otherwise the global ones.',
  },
} as const;
