import { TransportError } from '@interview-webhooks/api';
import { type Fault, MAX_FAULTS } from '@interview-webhooks/schema';

/** The one part of the input whose numbers are handed back as they came; others are used for their value. */
const KEPT_AS_GIVEN = 'metadata';

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g;

/** One object or list that the scan is inside of. */
interface Level {
  /** The keys so far; absent in a list. */
  keys?: Set<string>;
  /** The key or the index of the value that is being read. */
  at: string | number;
}

/**
 * What `JSON.parse` loses without a word: of a key that is given twice all but the last value, and in metadata the digits
 * of a number that a double does not hold.
 *
 * @param text valid JSON, of a bounded depth
 * @throws TransportError `malformed-request` for a key `__proto__`
 */
export function scanFaults(text: string): Fault[] {
  const faults: Fault[] = [];
  const levels: Level[] = [];
  let expectsKey = false;
  for (const [token] of text.matchAll(tokens)) {
    // One more than is listed says that there are more.
    if (faults.length > MAX_FAULTS) break;
    const level = levels.at(-1);
    const first = token[0];
    if (first === '{' || first === '[') {
      levels.push(first === '{' ? { keys: new Set(), at: '' } : { at: 0 });
      expectsKey = first === '{';
    } else if (first === '}' || first === ']') {
      levels.pop();
      expectsKey = false;
    } else if (first === ',') {
      if (typeof level?.at === 'number') level.at += 1;
      expectsKey = level?.keys !== undefined;
    } else if (expectsKey && level?.keys) {
      level.at = keyOf(token);
      expectsKey = false;
      if (level.keys.has(level.at)) {
        faults.push({ path: pathOf(levels), message: 'is given more than once; send it once' });
      }
      level.keys.add(level.at);
    } else if (isNumber(first) && isInMetadata(levels) && !isKept(token)) {
      faults.push({
        path: pathOf(levels),
        message: 'has more digits than a number can keep; send it as text',
      });
    }
  }
  return faults;
}

function keyOf(token: string): string {
  const key = token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1); // the text of a JSON string
  // Zod's records leave it out without a word, and a careless copy would take it for the prototype.
  if (key === '__proto__') {
    throw new TransportError('malformed-request', 'The JSON has a key "__proto__"; leave it out.');
  }
  return key;
}

function isNumber(first: string | undefined): boolean {
  return first === '-' || (first !== undefined && first >= '0' && first <= '9');
}

function isInMetadata(levels: readonly Level[]): boolean {
  return levels.some(({ at }) => at === KEPT_AS_GIVEN);
}

function pathOf(levels: readonly Level[]): string {
  return levels.map(({ at }) => at).join('.');
}

/** Any number of so many digits comes back from a double as it was. */
const SURE_DIGITS = 15;
/** The most digits that JavaScript writes of a double. */
const MAX_DIGITS = 100;

/**
 * Whether the double that `literal` is read as, written out, is `literal` again. Whole numbers beyond 2^53
 * and what is too large for a double pass: the schema refuses them, together with whatever else is wrong.
 */
export function isKept(literal: string): boolean {
  if (literal.length <= SURE_DIGITS && !/[eE]/.test(literal)) return true;
  const value = Number(literal);
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) return true;
  if (literal.length > MAX_DIGITS) return false;
  const given = decimal(literal);
  // As JavaScript writes it, and as others do who write more digits than it takes.
  const written = [String(value), value.toPrecision(Math.max(given.digits.length, 1))].map(decimal);
  return written.some(({ digits, exponent }) => given.digits === digits && given.exponent === exponent);
}

/** Its digits without zeros at either end, and the power of ten that the last of them stands for. */
function decimal(literal: string): { digits: string; exponent: number } {
  const [mantissa = '', exponent = '0'] = literal.toLowerCase().replace('-', '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = whole + fraction;
  const digits = all.replace(/^0+/, '').replace(/(?<!0)0+$/, '');
  const zeros = all.length - all.replace(/(?<!0)0+$/, '').length;
  return { digits, exponent: digits === '' ? 0 : Number(exponent) - fraction.length + zeros };
}
