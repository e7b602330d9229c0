import { command } from '../command.ts';
import { jsonArg } from '../connection.ts';

export const migrate = command({
  name: 'migrate',
  description: 'Makes the database’s indexes, before servers and workers of a new version start.',
  details:
    'Works on the database that MONGODB_URI names (without it: the one in DATA_DIR), with a user who may make indexes. Servers\n' +
    'and workers then need one who may only read and write. They may run meanwhile. May be stopped and begun again.',
  examples: ['migrate   # with MONGODB_URI=… in the environment', 'migrate --json'],
  args: { ...jsonArg },
  run: async (_args, terminal) => {
    const { migrate: run, migrationSummary } = await import('@interview-webhooks/server/migrate');
    const changes = await run((change, index) => {
      if (!terminal.json) terminal.progress(`${change} ${index}`);
    });
    terminal.answer(changes, () => migrationSummary(changes));
    return undefined;
  },
});
