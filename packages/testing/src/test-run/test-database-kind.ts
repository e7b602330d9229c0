type Environment = Readonly<Record<string, string | undefined>>;

const kinds = ['embedded', 'replica-set'] as const;

/** What the tests' databases run on. */
export type TestDatabaseKind = (typeof kinds)[number];

/**
 * As `TEST_DATABASE` says.
 *
 * @throws Error where it says anything else
 */
export function testDatabaseKind(env: Environment = process.env): TestDatabaseKind {
  const given = env['TEST_DATABASE'] ?? '';
  const kind = given === '' ? 'embedded' : kinds.find((each) => each === given);
  if (kind) return kind;
  throw new Error(`TEST_DATABASE must be embedded (the default) or replica-set, and is "${given}"`);
}
