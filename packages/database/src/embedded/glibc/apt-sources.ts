import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const APT_DIR = '/etc/apt';
/** Suites of Debian proper are one word (`bookworm`, `stable`); `-security`, `-updates` and the like are not. */
const PLAIN_SUITE = /^[a-z]+$/;
const DEBIAN_KEYRING = /\/debian-archive-keyring\.(gpg|pgp|asc)$/;

/** One entry of apt's sources, of either format; see sources.list(5). */
export interface AptSource {
  readonly types: readonly string[];
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  readonly signedBy: string | undefined;
}

/** The address of the Debian archive that this machine itself uses. */
export async function readDebianMirror(): Promise<string | undefined> {
  const parts = join(APT_DIR, 'sources.list.d');
  const names = await readdir(parts).catch(() => []);
  const files = [join(APT_DIR, 'sources.list'), ...names.sort().map((name) => join(parts, name))];
  const sources = await Promise.all(files.map(readSources));
  return debianMirror(sources.flat());
}

async function readSources(file: string): Promise<AptSource[]> {
  if (file.endsWith('.list')) return parseOneLineSources(await readFile(file, 'utf8').catch(() => ''));
  if (file.endsWith('.sources')) return parseDeb822Sources(await readFile(file, 'utf8').catch(() => ''));
  // apt itself ignores every other name.
  return [];
}

/**
 * Other vendors' archives look much alike. What Debian's own key signs is Debian; a source without a key
 * of its own may be, and one with another key is not. In any case apt checks what it then downloads.
 */
export function debianMirror(sources: readonly AptSource[]): string | undefined {
  const archives = sources.filter(
    ({ types, suites, components }) =>
      types.includes('deb') && components.includes('main') && suites.some((suite) => PLAIN_SUITE.test(suite)),
  );
  const chosen =
    archives.find(({ signedBy }) => signedBy !== undefined && DEBIAN_KEYRING.test(signedBy)) ??
    archives.find(
      ({ signedBy, uris }) => signedBy === undefined && uris.some((uri) => /\/debian\/?$/.test(uri)),
    );
  return chosen?.uris[0];
}

/** The classic format: `deb [option=value …] uri suite component …`. */
export function parseOneLineSources(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(deb|deb-src)\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)([^#]*)/.exec(line);
    if (match === null) return [];
    const [, type = '', options = '', uri = '', suite = '', components = ''] = match;
    const signedBy = /(?:^|\s)signed-by=(\S+)/i.exec(options)?.[1];
    return [{ types: [type], uris: [uri], suites: [suite], components: words(components), signedBy }];
  });
}

/** The deb822 format: stanzas of `Field: value`, continued on indented lines. */
export function parseDeb822Sources(text: string): AptSource[] {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  const stanzas = lines.join('\n').split(/\n[ \t]*\n/);
  return stanzas.map(parseStanza).flatMap((fields) => {
    if (fields.get('enabled')?.trim().toLowerCase() === 'no') return [];
    const list = (name: string) => words(fields.get(name) ?? '');
    const signedBy = fields.get('signed-by')?.trim();
    return [
      {
        types: list('types'),
        uris: list('uris'),
        suites: list('suites'),
        components: list('components'),
        signedBy,
      },
    ];
  });
}

function parseStanza(stanza: string): Map<string, string> {
  const joined = stanza.replaceAll(/\n[ \t]+/g, ' ');
  const fields = joined.split('\n').map((line) => /^([A-Za-z-]+):(.*)$/.exec(line));
  return new Map(
    fields.flatMap((match) => (match ? [[(match[1] ?? '').toLowerCase(), match[2] ?? '']] : [])),
  );
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
