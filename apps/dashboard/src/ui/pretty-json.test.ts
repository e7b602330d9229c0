import { exampleEvents } from '@interview-webhooks/schema';
import { expect, it, test } from 'vitest';
import { MAX_DEPTH, MAX_LINES, prettyJson } from './pretty-json.ts';

const KIB = 1024;

it.each([
  ...Object.values(exampleEvents),
  { a: [1, [], {}, [[]], { b: [] }], 'c:,{': 'd"\\[', e: null },
  [],
  'text',
  -1.5,
])('puts each entry on a line of its own: %j', (value) => {
  expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
});

it.each(['', 'noted', '{"a":', '<html>', '[1,]'])('%j stays as it is', (text) => {
  expect(prettyJson(text)).toBe(text);
});

it('changes nothing but spaces: numbers and names that come twice stay', () => {
  expect(prettyJson(' {"id":12345678901234567890,"a":1.0, "a" : 1e2}')).toBe(
    '{\n  "id": 12345678901234567890,\n  "a": 1.0,\n  "a": 1e2\n}',
  );
});

test.each([
  ['arrays', '['.repeat(8 * KIB) + ']'.repeat(8 * KIB)],
  ['objects', '{"a":'.repeat(3 * KIB) + '1' + '}'.repeat(3 * KIB)],
  ['arrays in objects', '{"a":['.repeat(2 * KIB) + ']}'.repeat(2 * KIB)],
  ['many values far in', `${'['.repeat(MAX_DEPTH)}${'1,'.repeat(8 * KIB)}1${']'.repeat(MAX_DEPTH)}`],
  ['many values', `[${'1,'.repeat(8 * KIB)}1]`],
  ['one long text', JSON.stringify('"'.repeat(8 * KIB))],
])('is bounded in depth and size, and loses nothing: %s', (_kind, text) => {
  const pretty = prettyJson(text);
  expect(pretty.split('\n').length).toBeLessThanOrEqual(MAX_LINES);
  expect(pretty.length).toBeLessThanOrEqual(text.length + MAX_LINES * (2 * MAX_DEPTH + 2));
  expect(pretty.replaceAll(/\s/g, '')).toBe(text);
});

it('goes as deep as it says, and keeps the rest on one line', () => {
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  expect(prettyJson(deep(MAX_DEPTH))).toBe(JSON.stringify(JSON.parse(deep(MAX_DEPTH)), null, 2));
  const lines = prettyJson(deep(MAX_DEPTH + 5)).split('\n');
  expect(Math.max(...lines.map((line) => line.search(/\S/)))).toBe(2 * MAX_DEPTH);
  expect(lines).toContain(`${'  '.repeat(MAX_DEPTH)}${deep(5)}`);
});
