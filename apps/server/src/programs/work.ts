import { connectDatabase } from '../start/connect-database.ts';
import { openSystem } from '../start/open-system.ts';
import { runProcess } from '../start/run-process.ts';

/** Delivers only: as many of these as it takes, on any machine, beside the servers on one MongoDB. */
export function work(): Promise<void> {
  return runProcess(
    async (env, log) => {
      const { services, engine, close } = await openSystem(env, log, () => env.PUBLIC_URL ?? '');
      const stopping = new AbortController();
      const connected = connectDatabase(services.database, log, stopping.signal);
      return {
        connected,
        engine,
        close: async () => {
          stopping.abort();
          await close();
        },
      };
    },
    async ({ connected, engine }) => {
      await connected;
      engine.start();
      process.stdout.write('  Delivering. Stop with Ctrl-C.\n');
    },
  );
}
