import { closest, distance } from 'fastest-levenshtein';
import type { core } from 'zod';
import { MAX_FAULTS, UNKNOWN_FIELD } from './faults.ts';

const kinds: Record<string, string> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
};

/** `null` and lists are told apart from objects: that is the mistake the caller wants to hear about. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  const type = typeof value;
  return type === 'boolean' ? 'true or false' : (kinds[type] ?? type);
}

function counted(count: number | bigint, unit: string): string {
  return `${count.toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`;
}

function limit(issue: core.$ZodRawIssue<core.$ZodIssueTooBig | core.$ZodIssueTooSmall>): string {
  const bound = issue.code === 'too_big' ? issue.maximum : issue.minimum;
  const most = issue.code === 'too_big' ? 'at most' : 'at least';
  switch (issue.origin) {
    case 'string':
      return !issue.inclusive || bound !== 1 || issue.code === 'too_big'
        ? `must have ${most} ${counted(bound, 'character')}`
        : 'must not be empty';
    case 'array':
    case 'set':
      return bound === 1 && issue.code === 'too_small'
        ? 'must not be empty'
        : `must have ${most} ${counted(bound, 'entr')}`.replace(/entrs?$/, bound === 1 ? 'entry' : 'entries');
    default:
      return `must be ${most} ${bound.toLocaleString('en')}`;
  }
}

/** The fields that `schema` knows. */
function namesIn(schema: unknown): string[] {
  const { shape } = (schema as { def?: { shape?: object } } | undefined)?.def ?? {}; // only objects have one
  return Object.keys(shape ?? {});
}

/** Longer than any field, and so no misspelt one. */
const MAX_NAME_LENGTH = 64;

function unknownField(name: string, known: readonly string[]): string {
  if (name.length > MAX_NAME_LENGTH) return UNKNOWN_FIELD;
  const guess = known.length > 0 ? closest(name, known) : name;
  // Two slips of the finger are a misspelling; more is another word.
  const near = guess !== name && distance(name.toLowerCase(), guess.toLowerCase()) <= 2;
  return near ? `is not a known field; did you mean "${guess}"?` : UNKNOWN_FIELD;
}

/** In a query a + stands for a space, so "12:00:00+01:00" arrives as "12:00:00 01:00". */
function plusHint(input: unknown): string {
  const isSpaced = typeof input === 'string' && /T[\d:.]+ \d{2}:?\d{2}$/.test(input);
  return isSpaced ? '; in a query write the + of a time zone as %2B' : '';
}

/**
 * Zod's issues in the words of whoever sent the request. A message never repeats the value, which may be
 * a secret in the wrong place. Of unknown fields there is one line each, for as many as an answer lists.
 *
 * Installed once per process with `z.config({ customError: plainWords })`; a message written beside a rule
 * wins over it.
 */
export const plainWords: core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type': {
      const expected = kinds[issue.expected] ?? issue.expected;
      if (issue.input === undefined) return 'is required';
      return `must be ${expected}, not ${kindOf(issue.input)}`;
    }
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${JSON.stringify(issue.values[0])}`
        : `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'too_big':
    case 'too_small':
      return limit(issue);
    case 'invalid_format':
      return issue.format === 'datetime'
        ? `must be a date and time such as "2026-01-31T12:00:00Z"${plusHint(issue.input)}`
        : `must be a valid ${issue.format}`;
    case 'unrecognized_keys': {
      const known = namesIn(issue.inst);
      // What is beyond is not listed.
      return issue.keys
        .slice(0, MAX_FAULTS)
        .map((key) => unknownField(key, known))
        .join('\n');
    }
    case 'invalid_key':
      return `has a name that ${issue.issues[0]?.message ?? 'is not possible'}`;
    case 'invalid_union':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
      return undefined;
  }
};
