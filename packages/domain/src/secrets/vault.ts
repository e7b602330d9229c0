import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { UnreadableSecretError } from '../errors.ts';
import type { Keyring } from './keyring.ts';

/** Where a sealed value belongs. It opens nowhere else: moved to another workspace or field, it is refused. */
export interface SealedPlace {
  readonly workspaceId: string;
  /** Path of the field, for example `auth.password`. */
  readonly field: string;
}

/** Keeps secrets unreadable in the database. */
export interface Vault {
  seal(place: SealedPlace, secret: string): string;
  /** @throws UnreadableSecretError when the value was changed, belongs elsewhere, or its key is not in the keyring */
  open(place: SealedPlace, sealed: string): string;
  /** `sealed` by the key that seals now; the very same where it is so already. @throws Error as {@link open} does */
  renew(place: SealedPlace, sealed: string): string;
  /** Whether the keyring has the key that sealed it. */
  knows(sealed: string): boolean;
}

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * A vault over `keyring`. Sealed values read `v1.<key id>.<base64url of iv, tag and ciphertext>`: AES-256-GCM
 * with a random 96-bit iv (NIST SP 800-38D) and the place and key id as associated data.
 */
export function createVault(keyring: Keyring): Vault {
  const vault: Vault = {
    seal(place, secret) {
      const id = keyring.sealWith;
      const iv = randomBytes(IV_BYTES);
      const key = keyring.keys.get(id);
      if (!key) throw new Error(`the keyring has no key "${id}" to seal with`);
      const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(associatedData(id, place));
      const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return `v1.${id}.${Buffer.concat([iv, cipher.getAuthTag(), ciphertext]).toString('base64url')}`;
    },
    open(place, sealed) {
      const { field } = place;
      const parts = partsOf(sealed);
      if (!parts) throw new UnreadableSecretError(field, 'it is no sealed value; set it again');
      const { id, iv, tag, ciphertext } = parts;
      const key = keyring.keys.get(id);
      if (!key) throw new UnreadableSecretError(field, `SECRET_KEYS has no key "${id}", which sealed it`);
      try {
        // Without the length Node would accept a tag cut short, which is easier to forge.
        const decipher = createDecipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
          .setAAD(associatedData(id, place))
          .setAuthTag(tag);
        return decipher.update(ciphertext, undefined, 'utf8') + decipher.final('utf8');
      } catch (cause) {
        const why = 'it was changed, or sealed for another workspace or field; set it again';
        throw new UnreadableSecretError(field, why, { cause });
      }
    },
    renew(place, sealed) {
      return keyIdOf(sealed) === keyring.sealWith ? sealed : vault.seal(place, vault.open(place, sealed));
    },
    knows: (sealed) => keyring.keys.has(keyIdOf(sealed) ?? ''),
  };
  return vault;
}

function keyIdOf(sealed: string): string | undefined {
  return sealed.split('.')[1];
}

/** The parts of a sealed value; undefined where `text` is none, letter by letter: no two texts are the same value. */
function partsOf(text: string) {
  const [, id, body] = /^v1\.([\w-]{1,32})\.([\w-]+)$/.exec(text) ?? [];
  if (!id || !body) return undefined;
  const bytes = Buffer.from(body, 'base64url');
  // Decoding is lenient about the last letter's spare bits.
  if (bytes.toString('base64url') !== body) return undefined;
  return {
    id,
    iv: bytes.subarray(0, IV_BYTES),
    tag: bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES),
    ciphertext: bytes.subarray(IV_BYTES + TAG_BYTES),
  };
}

// JSON keeps the parts apart: no choice of id and field can be read as another.
function associatedData(keyId: string, place: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify(['v1', keyId, place.workspaceId, place.field]));
}
