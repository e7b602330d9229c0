import { readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';

/** How long it is taken for unchanged. */
const LOOK_AGAIN_AFTER_MS = 1_000;

/**
 * The addresses that a hosts file (hosts(5)) has for a name, or null for a name that it does not have. The file is
 * read again when it has changed; one that is not there has no names.
 *
 * @param nowMs milliseconds of a clock that only runs forward
 */
export function hostsFile(path: string, nowMs: () => number): (name: string) => readonly string[] | null {
  let names: ReadonlyMap<string, readonly string[]> = new Map();
  let version = '';
  let lookedAtMs = -Infinity;

  const refresh = () => {
    if (nowMs() - lookedAtMs < LOOK_AGAIN_AFTER_MS) return;
    lookedAtMs = nowMs();
    // Synchronous on purpose: it takes microseconds, and the threads that files are read on are not to be waited for.
    const stats = statSync(path, { throwIfNoEntry: false });
    const found = stats ? `${stats.ino} ${stats.size} ${stats.mtimeMs}` : '';
    if (found === version) return;
    names = stats ? namesIn(readFileSync(path, 'utf8')) : new Map();
    version = found;
  };

  return (name) => {
    refresh();
    return names.get(name) ?? null;
  };
}

function namesIn(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (!isIP(address)) continue;
    for (const name of names.map((each) => each.toLowerCase())) {
      // A name may have several lines, such as one for each family.
      const addresses = found.get(name) ?? [];
      if (!addresses.includes(address)) addresses.push(address);
      found.set(name, addresses);
    }
  }
  return found;
}
