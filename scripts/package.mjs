// The last step of `npm run package -- FOLDER`: from the built workspace to one folder that runs with nothing but Node.
import { spawnSync } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('Say where: npm run package -- FOLDER');
  process.exit(2);
}
const target = resolve(process.env.INIT_CWD ?? process.cwd(), folder);

const command = [
  // The workspace's packages come along as copies; in the workspace itself they stay links.
  '--config.inject-workspace-packages=true',
  '--filter=@interview-webhooks/server',
  'deploy',
  '--prod',
  // Without the embedded engine and the downloader of a mongod: this folder runs with MONGODB_URI.
  '--no-optional',
  target,
];
const { status, stdout, stderr, error } = spawnSync('pnpm', command, { cwd: root, encoding: 'utf8' });
if (error) throw error;
if (status !== 0) {
  console.error(stdout + stderr);
  process.exit(status ?? 1);
}
await copyFile(join(root, 'LICENSE'), join(target, 'LICENSE'));
console.log(`${target}: node dist/migrate.js, node dist/main.js, node dist/worker.js`);
