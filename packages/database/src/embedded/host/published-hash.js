import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * Has each archive held against the SHA-256 that its publisher gives for it, before anything of it is unpacked or run.
 * The downloader itself knows MD5 only, which an attacker can meet, and does not even ask for that.
 *
 * @param {typeof import('mongodb-memory-server-core/lib/util/MongoBinaryDownload.js').MongoBinaryDownload} Download
 */
export function checkDownloads(Download) {
  /** @this {InstanceType<typeof Download>} @param {string} md5Url @param {string} archive */
  Download.prototype.makeMD5check = async function (md5Url, archive) {
    const published = `${archive}.sha256`;
    // What is there already would be taken for downloaded.
    await rm(published, { force: true });
    const file = await this.download(md5Url.replace(/\.md5$/, '.sha256'));
    try {
      await checkArchive(archive, await readFile(file, 'utf8'));
    } finally {
      await rm(file, { force: true });
    }
    return true;
  };
}

/**
 * @param {string} archive
 * @param {string} published in the form of `sha256sum`: the hash, then the file's name
 * @throws Error when the hash is another one, or none; the archive is gone then, so that it is downloaded anew
 */
export async function checkArchive(archive, published) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(archive), hash);
  const [, expected] = /^([\da-f]{64})\s/i.exec(`${published} `) ?? [];
  if (expected?.toLowerCase() === hash.digest('hex')) return;
  await rm(archive, { force: true });
  throw new Error(`${basename(archive)} does not have the SHA-256 that its publisher gives`);
}
