import { group } from '../command.ts';

/** All commands. Each group and each command is a file of its own, loaded when it is called. */
export const interviewWebhooks = group({
  name: 'interview-webhooks',
  description: 'Webhooks for AI interviews, from a terminal.',
  examples: ['serve', 'deliveries list --state failed', 'listen --forward-to http://localhost:4000/webhooks'],
  commands: {
    serve: async () => (await import('./serve.ts')).serve,
    worker: async () => (await import('./worker.ts')).worker,
    migrate: async () => (await import('./migrate.ts')).migrate,
    listen: async () => (await import('./listen.ts')).listen,
    verify: async () => (await import('./verify.ts')).verify,
    deliveries: async () => (await import('./deliveries/deliveries.ts')).deliveries,
    settings: async () => (await import('./settings/settings.ts')).settings,
    keys: async () => (await import('./keys/keys.ts')).keys,
    sessions: async () => (await import('./sessions/sessions.ts')).sessions,
    secrets: async () => (await import('./secrets/secrets.ts')).secrets,
  },
});
