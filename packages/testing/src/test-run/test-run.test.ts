import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { filesOnDatabase } from './files-on-database.ts';
import { skipOrFail } from './skip-or-fail.ts';
import { testDatabaseKind } from './test-database-kind.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('TEST_DATABASE', () => {
  it.each([
    [{}, 'embedded'],
    [{ TEST_DATABASE: '' }, 'embedded'],
    [{ TEST_DATABASE: 'embedded' }, 'embedded'],
    [{ TEST_DATABASE: 'replica-set' }, 'replica-set'],
  ])('%j is %s', (env, kind) => {
    expect(testDatabaseKind(env)).toBe(kind);
  });

  it.each(['replicaset', 'Embedded', ' '])('%j is refused with what it may be', (TEST_DATABASE) => {
    expect(() => testDatabaseKind({ TEST_DATABASE })).toThrow(
      `TEST_DATABASE must be embedded (the default) or replica-set, and is "${TEST_DATABASE}"`,
    );
  });
});

describe('of a package, the files that touch the database are run', () => {
  const names = (directory: string) =>
    filesOnDatabase(root + directory).map((file) => file.slice(root.length + directory.length + 1));

  it('by way of what gives them one, or where they start replica sets', () => {
    const ofServer = names('apps/server');
    expect(ofServer).toContain('test/tenancy.test.ts');
    expect(ofServer).toContain('test/lifecycle.test.ts');
    expect(ofServer).toContain('test/restore.replica-set.test.ts');
    expect(ofServer).not.toContain('src/env.test.ts');
  });

  it('and no others: neither those of the engine itself nor those of rules', () => {
    const ofDatabase = names('packages/database');
    expect(ofDatabase).toContain('src/embedded/query-planner.test.ts');
    expect(ofDatabase).not.toContain('src/embedded/embedded-mongo.test.ts');
    expect(names('packages/domain')).not.toContain('src/outbound/networks.test.ts');
  });
});

describe('without a mongod', () => {
  const tried = ['MONGOD is not set', 'no mongod on the PATH'];

  it('the tests are skipped, with what was tried', () => {
    vi.stubEnv('CI', '');
    vi.stubEnv('TURBO_HASH', '');
    const said = vi.spyOn(console, 'error').mockReturnValue();
    skipOrFail({ tried });
    expect(said.mock.calls.join()).toContain('SKIPPED: the tests on a replica set. There is no mongod:');
    for (const line of tried) expect(said.mock.calls.join()).toContain(`  - ${line}\n`);
  });

  // Turbo would remember a run that was skipped as one that passed.
  it.each(['CI', 'TURBO_HASH'])('they fail where %s is set, with what was tried', (name) => {
    vi.stubEnv(name, '1');
    expect(() => {
      skipOrFail({ tried });
    }).toThrow(/cannot run\. There is no mongod:\n {2}- MONGOD is not set\n {2}- no mongod on the PATH/);
  });
});
