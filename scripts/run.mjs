// `npm start`, `npm test` and the rest on a machine that has only Node and npm: gets pnpm, installs, builds, runs.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkInstalled, pinnedPackageManager } from './package-manager.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { packageManager, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { version: pnpmVersion, integrity: pnpmIntegrity } = pinnedPackageManager(packageManager);
const pnpmHome = join(root, '.cache', `pnpm-${pnpmVersion}`);
const env = {
  ...process.env,
  PATH: [join(pnpmHome, 'node_modules', '.bin'), join(root, 'node_modules', '.bin'), process.env.PATH].join(
    delimiter,
  ),
  // One data directory, whichever package's folder the server is started in.
  DATA_DIR: resolve(root, process.env.DATA_DIR || '.data'),
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
};

const signals = ['SIGINT', 'SIGTERM'];
const isBench = (name) => /^(bench|faults|simulate)\b/.test(name ?? '');
const scripts = ['audit', 'package'];

/** Runs a command to its end; its output is shown, or with `quiet` only where it fails. */
function run(command, args, { quiet = false, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    // Who stops this script means the program. A terminal's Ctrl-C reaches it twice then, which it knows.
    const forward = (signal) => child.kill(signal);
    for (const signal of signals) process.on(signal, forward);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const stopped of signals) process.removeListener(stopped, forward);
      if (code === 0) return resolve();
      process.stderr.write(output);
      reject(
        Object.assign(new Error(`${command} ${args.join(' ')} ended with ${signal ?? code}`), {
          exitCode: code ?? 1,
        }),
      );
    });
  });
}

function checkNode() {
  const wanted = engines.node.replace('>=', '').split('.').map(Number);
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > wanted[0] || (major === wanted[0] && minor >= wanted[1])) return;
  throw new Error(`Node ${engines.node} is needed; this is ${process.versions.node}.`);
}

async function install() {
  checkNode();
  if (!existsSync(join(pnpmHome, 'node_modules', '.bin', 'pnpm'))) {
    const args = [
      'install',
      '--prefix',
      pnpmHome,
      '--no-save',
      '--no-audit',
      '--no-fund',
      `pnpm@${pnpmVersion}`,
    ];
    await run('npm', args, { quiet: true });
  }
  await checkInstalled(pnpmHome, pnpmIntegrity);
  await run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], {
    quiet: existsSync(join(root, 'node_modules')),
  });
}

function build() {
  return run('turbo', ['run', 'build', '--output-logs=errors-only'], { quiet: true });
}

/** Builds what changed and runs a program of the server. */
async function start(program) {
  await build();
  await run(process.execPath, [join('apps', 'server', 'dist', program)]);
}

/** Builds what changed and runs a command, whose paths are those of whoever calls, and which speaks for itself. */
async function cli(args) {
  await build();
  // A terminal's Ctrl-C reaches the command by itself; once more would be a second one.
  signals.splice(signals.indexOf('SIGINT'), 1);
  process.on('SIGINT', () => undefined);
  const cwd = process.env.INIT_CWD || root;
  await run(process.execPath, [join(root, 'apps', 'cli', 'dist', 'main.js'), ...args], { cwd }).catch(
    (error) => {
      process.exit(error.exitCode ?? 1);
    },
  );
}

/** Builds what changed and puts it to a test of `bench/`. */
async function bench(name, options) {
  await build();
  await run('pnpm', ['--silent', '--dir', 'bench', 'run', name, ...options]);
}

/** Builds what changed and posts arbitrary bodies to the documented route for as long as was asked for. */
async function fuzz(options) {
  await build();
  await run('pnpm', ['--silent', '--dir', join('apps', 'server'), 'run', 'fuzz', ...options]);
}

/** A script beside this one, with pnpm in reach. */
async function script(name, options) {
  if (name === 'package') await build();
  await run(process.execPath, [join('scripts', `${name}.mjs`), ...options]);
}

/** What needs no server: each uses one core, so they run side by side. */
async function check() {
  // Knip and the types of the client read what was built.
  await build();
  const checks = ['lint:apps', 'lint:packages', 'typecheck', 'knip', 'format:check'];
  await run('turbo', ['run', ...checks, sideBySide]);
}

/** No more packages side by side than the machine has cores: their tests start servers and browsers. */
const sideBySide = `--concurrency=${availableParallelism()}`;

/** `turbo run TASK`. */
function task(name) {
  // The server reads its environment in development as it does otherwise.
  const options = name === 'dev' ? ['--env-mode=loose'] : [sideBySide];
  const isOnReplicaSet = name === 'test' && !['', 'embedded'].includes(process.env.TEST_DATABASE ?? '');
  return isOnReplicaSet ? testOnReplicaSet() : run('turbo', ['run', name, ...options]);
}

/** Of the packages that have a database, the tests that touch it. One replica set serves them all. */
function testOnReplicaSet() {
  const packages = ['testing', 'database', 'domain', 'delivery', 'api', 'server', 'bench'];
  const filters = packages.map((name) => `--filter=@interview-webhooks/${name}`);
  const tests = ['turbo', 'run', 'test', ...filters, sideBySide];
  return run('pnpm', ['--silent', '--dir', join('packages', 'testing'), 'run', 'on-replica-set', ...tests]);
}

try {
  const [, , name, ...options] = process.argv;
  await install();
  const program = { start: 'main.js', worker: 'worker.js' }[name];
  if (program) await start(program);
  else if (name === 'cli') await cli(options);
  else if (isBench(name)) await bench(name, options);
  else if (name === 'fuzz') await fuzz(options);
  else if (name === 'check') await check();
  else if (scripts.includes(name)) await script(name, options);
  else await task(name);
} catch (error) {
  console.error(error.message);
  process.exit(error.exitCode ?? 1);
}
