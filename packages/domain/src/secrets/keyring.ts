/** Keys that seal secrets, by id. The first one seals, every one opens. */
export interface Keyring {
  readonly sealWith: string;
  readonly keys: ReadonlyMap<string, Buffer>;
}

const KEY_BYTES = 32;

/**
 * Reads a keyring in the form `id:base64,id:base64,...`: ids of letters, digits, `_` and `-`, keys of 32 bytes.
 *
 * @throws Error with a message that names the entry (never its key) and says how to make one
 */
export function parseKeyring(text: string): Keyring {
  const keys = new Map<string, Buffer>();
  for (const [index, entry] of text.split(',').entries()) {
    const nth = `entry ${index + 1}`;
    const match = /^\s*([\w-]{1,32}):([A-Za-z0-9+/]+={0,2})\s*$/.exec(entry);
    const [, id, encoded] = match ?? [];
    if (!id || !encoded) throw new Error(`${nth} must have the form id:base64`);
    const key = Buffer.from(encoded, 'base64');
    if (key.length !== KEY_BYTES) {
      throw new Error(
        `${nth} ("${id}") must hold ${KEY_BYTES} bytes, not ${key.length}; make one with: openssl rand -base64 32`,
      );
    }
    if (keys.has(id)) throw new Error(`${nth} repeats the id "${id}"`);
    keys.set(id, key);
  }
  const [sealWith] = keys.keys();
  if (sealWith === undefined) throw new Error('must hold at least one key');
  return { sealWith, keys };
}
