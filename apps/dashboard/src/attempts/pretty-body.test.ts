import { expect, test } from 'vitest';
import { prettyBody } from './pretty-body.ts';

test('JSON gets line breaks', () => {
  expect(prettyBody('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
});

test.each(['', 'noted', '{"a":', '<html>'])('%j stays as it is', (body) => {
  expect(prettyBody(body)).toBe(body);
});
