import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { EngineUnavailableError } from '../first-available.ts';
import { readDebianMirror } from './apt-sources.ts';

/** The Debian release whose C library is taken: 2.41. */
const RELEASE = 'trixie';
/** What Node and the engine link against. */
const PACKAGES = ['libc6', 'libgcc-s1', 'libstdc++6'];
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** Of the slowest step, a download of some 10 MB. */
const STEP_MS = 120_000;

interface Architecture {
  readonly triplet: string;
  readonly loader: string;
}

const ARCHITECTURES: Partial<Record<NodeJS.Architecture, Architecture>> = {
  x64: { triplet: 'x86_64-linux-gnu', loader: 'ld-linux-x86-64.so.2' },
  arm64: { triplet: 'aarch64-linux-gnu', loader: 'ld-linux-aarch64.so.1' },
};

/** A C library beside the system's own; run as `loader --library-path libraries program`. */
export interface Glibc {
  readonly loader: string;
  readonly libraries: string;
}

const run = promisify(execFile);

/**
 * Finds a newer C library in one of `caches`, or fetches it from the machine's own Debian mirror, with
 * its signatures checked by apt, into the first of them that can be written. Nothing is installed.
 *
 * @throws EngineUnavailableError when there is none and none can be had
 */
export async function newerGlibc(caches: readonly string[]): Promise<Glibc> {
  const architecture = ARCHITECTURES[process.arch];
  if (architecture === undefined) throw new EngineUnavailableError(`no C library for ${process.arch}`);
  const places = caches.map((cache) => {
    const libraries = join(cache, architecture.triplet);
    return { libraries, loader: join(libraries, architecture.loader) };
  });
  for (const place of places) {
    if (await exists(place.loader)) return place;
  }
  const place = await firstWritable(places);
  await fetchGlibc(place, architecture);
  return place;
}

async function firstWritable(places: readonly Glibc[]): Promise<Glibc> {
  let refusal: unknown;
  for (const place of places) {
    try {
      const parent = dirname(place.libraries);
      await mkdir(parent, { recursive: true });
      await rm(await mkdtemp(join(parent, 'probe-')), { recursive: true });
      return place;
    } catch (error) {
      refusal = error;
    }
  }
  throw new EngineUnavailableError(`nowhere to keep a newer C library: ${reasonOf(refusal)}`);
}

/**
 * Builds the whole of it aside and moves it into place in one step: a crash leaves nothing that looks
 * complete, and of two processes at once the second finds the first one's.
 */
async function fetchGlibc(place: Glibc, { triplet, loader }: Architecture): Promise<void> {
  const parent = dirname(place.libraries);
  const prefix = `fetch-${triplet}-`;
  const work = await mkdtemp(join(parent, prefix));
  try {
    await unpack(work, await download(work));
    const built = join(work, 'root', 'usr', 'lib', triplet);
    // Whatever else may be wrong with it shows here, and not at every later start.
    await run(join(built, loader), ['--library-path', built, process.execPath, '--version']);
    await rename(built, place.libraries);
    // What a crash left; a fetch that this cuts off finds the finished one in its place.
    const others = (await readdir(parent)).filter((name) => name.startsWith(prefix));
    await Promise.all(others.map((name) => rm(join(parent, name), { recursive: true, force: true })));
  } catch (error) {
    if (await exists(place.loader)) return;
    throw new EngineUnavailableError(`a newer C library cannot be fetched: ${reasonOf(error)}`, {
      cause: error,
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** @returns the directory that has the packages */
async function download(work: string): Promise<string> {
  const mirror = await readDebianMirror();
  if (mirror === undefined || !(await exists(KEYRING))) throw new Error('this is not a Debian system');
  const packages = join(work, 'packages');
  const configuration = join(work, 'apt.conf');
  await mkdir(join(work, 'lists', 'partial'), { recursive: true });
  await mkdir(join(work, 'cache', 'archives', 'partial'), { recursive: true });
  await mkdir(packages);
  await writeFile(join(work, 'sources.list'), `deb [signed-by=${KEYRING}] ${mirror} ${RELEASE} main\n`);
  await writeFile(configuration, aptConfiguration(work));
  const apt = (...args: string[]) =>
    run('apt-get', ['--config-file', configuration, '-qq', ...args], { cwd: packages, timeout: STEP_MS });
  await apt('update');
  await apt('download', ...PACKAGES.map((name) => `${name}/${RELEASE}`));
  return packages;
}

/** Lists, cache and sources of its own; the machine's proxies and certificates stay in force. */
function aptConfiguration(work: string): string {
  return [
    `Dir::State::Lists "${work}/lists";`,
    `Dir::Cache "${work}/cache";`,
    `Dir::Etc::SourceList "${work}/sources.list";`,
    'Dir::Etc::SourceParts "/dev/null";',
    'Acquire::Languages "none";',
    // Unreachable is an answer too: the caller has another way and should not wait for this one.
    'Acquire::Retries "0";',
    'Acquire::http::Timeout "5";',
    'Acquire::https::Timeout "5";',
    // Without it an update that reached nothing counts as a success.
    'APT::Update::Error-Mode "any";',
    // Hooks of the machine, such as a container image's emptying of the system's own cache.
    '#clear APT::Update::Pre-Invoke;',
    '#clear APT::Update::Post-Invoke;',
    '#clear APT::Update::Post-Invoke-Success;',
    '',
  ].join('\n');
}

async function unpack(work: string, packages: string): Promise<void> {
  const names = await readdir(packages);
  for (const name of names) await run('dpkg', ['-x', join(packages, name), join(work, 'root')]);
}

/** The first line that says something: of a failed command its own, which apt marks with `E:`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stderr = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : '';
  const lines = (stderr || error.message).split('\n').filter((line) => line.trim() !== '');
  return (lines.find((line) => line.startsWith('E:')) ?? lines[0] ?? error.name).trim();
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
