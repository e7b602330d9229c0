import { describe, expect, it } from 'vitest';
import { isKept, scanFaults } from './json-scan.ts';

describe('a number is kept where the double that it is read as says all of it', () => {
  it.each(['0', '-0', '0.0', '7', '-12.50', '0.1', '1e3', '1E+2', '1.5e-7', '0.30000000000000004', '5e-324'])(
    '%s',
    (literal) => {
      expect(isKept(literal)).toBe(true);
    },
  );
  // As other languages write a double: with 17 digits, or with all that it has.
  it.each(['0.10000000000000001', '82.099999999999994', '0.1000000000000000055511151231257827'])(
    '%s',
    (literal) => {
      expect(isKept(literal)).toBe(true);
    },
  );
  it.each([
    '0.1234567890123456789',
    '3.14159265358979323846',
    '9007199254740991.4',
    '1e-400',
    '-0.00000000000000000000000000000012345678901234567',
    `0.${'1'.repeat(5000)}`,
    `${'0.'.padEnd(60_000, '0')}1`,
  ])('but not %s', (literal) => {
    expect(isKept(literal)).toBe(false);
  });
  it('every number that JavaScript writes is kept', () => {
    for (let power = -320; power < 300; power++) {
      const number = Number(`${Math.random() * 9 + 1}e${power}`);
      expect(isKept(String(number)), String(number)).toBe(true);
      expect(isKept(number.toPrecision(17)), String(number)).toBe(true);
    }
  });
});

describe('a scan', () => {
  it('looks at numbers in metadata only, at any depth of a batch', () => {
    const lossy = '3.14159265358979323846';
    expect(scanFaults(`{"score":${lossy}}`)).toEqual([]);
    expect(scanFaults(`{"0":{"metadata":{"a":1,"b":[2,${lossy}]}},"score":${lossy}}`)).toEqual([
      { path: '0.metadata.b.1', message: 'has more digits than a number can keep; send it as text' },
    ]);
  });

  it('tells empty, nested and escaped keys apart', () => {
    expect(scanFaults('{"":1,"a":{"":1},"b":{"a":[{},{"a":"\\"a\\":"}]},"\\u0061b":1,"ab ":[]}')).toEqual([]);
    expect(scanFaults('{"\\"":1, "\\u0022":2}').map(({ path }) => path)).toEqual(['"']);
  });

  it('names no more than a caller can be told, whatever the width', () => {
    const wide = `{${Array.from({ length: 10_000 }, () => '"a":1').join()}}`;
    expect(scanFaults(wide).length).toBe(101);
  });
});
