import { startServer } from '../server.ts';
import { runProcess } from '../start/run-process.ts';
import { welcome } from '../start/welcome.ts';

/** The server with everything in it, from its environment to its end. */
export function serve(): Promise<void> {
  return runProcess(startServer, async ({ address, ready }, env) => {
    const { newApiKey, isDemo } = await ready;
    process.stdout.write(
      welcome({
        address,
        dataDir: env.DATA_DIR,
        isDemo,
        localMode: env.MONGODB_URI === undefined,
        // A key that the operator chose is known already, and need not be on a terminal.
        ...(newApiKey !== undefined && env.BOOTSTRAP_API_KEY === undefined && { newApiKey }),
      }),
    );
  });
}
