import { EnvError, migrate, migrationSummary } from './programs/migrate.ts';

try {
  const changes = await migrate((change, index) => {
    console.log(`${change} ${index}`);
  });
  console.log(migrationSummary(changes));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = error instanceof EnvError ? 2 : 1;
}
