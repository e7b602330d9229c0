import { UsageError } from '../failure.ts';

/**
 * The headers of a captured request: JSON as logs have it, or a line each as HTTP has them. Names in lower case.
 *
 * @throws UsageError when they are neither
 */
export function capturedHeaders(text: string): Record<string, string> {
  const trimmed = text.trim();
  const entries = trimmed.startsWith('{') ? Object.entries(jsonIn(trimmed)) : lines(trimmed);
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

function jsonIn(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>; // it begins as an object, and is nothing else then
  } catch {
    throw new UsageError('The headers begin like JSON, and are none.');
  }
}

function lines(text: string): [string, string][] {
  return text.split(/\r?\n/).flatMap((line): [string, string][] => {
    // The request's first line, where it was captured as well.
    if (line === '' || /^[A-Z]+ \S+ HTTP\//.test(line)) return [];
    const colon = line.indexOf(':');
    if (colon < 1) throw new UsageError(`A header must be "name: value", not "${line.slice(0, 40)}".`);
    return [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
  });
}
