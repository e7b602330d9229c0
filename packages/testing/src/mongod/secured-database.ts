import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { newAuthority, newCertificate } from '../certificates.ts';
import { replicaSet } from './replica-set.ts';

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

interface AddressOptions {
  /** In place of the one that the certificate is for. */
  readonly host?: string;
  /** What follows the question mark, in place of TLS with the CA's file. */
  readonly query?: Readonly<Record<string, string>>;
}

/** A replica set of one that asks for a password and for TLS, as one in production does. */
export interface SecuredDatabase extends AsyncDisposable {
  /** The file of the CA that signed its certificate. */
  readonly caFile: string;
  /** The address of the database `name` for one of its users. */
  uri(name: string, credentials: Credentials, options?: AddressOptions): string;
  /** Runs a command on the database `name`, as its administrator or as one of its users. */
  run(
    name: string,
    command: Readonly<Record<string, unknown>>,
    credentials?: Credentials,
  ): Promise<Record<string, unknown>>;
}

const HOST = '127.0.0.1';

/** @param mongod the server's program */
export async function securedDatabase(mongod: string): Promise<SecuredDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'interview-webhooks-secured-'));
  const file = async (name: string, text: string) => {
    const path = join(directory, name);
    // mongod reads no key that others may read.
    await writeFile(path, text, { mode: 0o600 });
    return path;
  };
  const authority = await newAuthority('A CA of their own');
  const { key, cert } = await newCertificate({ hosts: [HOST], authority });
  const caFile = await file('ca.pem', authority.cert);
  const set = await replicaSet({
    mongod,
    size: 1,
    args: [
      ...['--keyFile', await file('members.key', randomBytes(96).toString('base64'))],
      // The set is made without TLS, and asks for it from then on.
      ...['--tlsMode', 'preferTLS', '--tlsCertificateKeyFile', await file('server.pem', key + cert)],
      ...['--tlsCAFile', caFile, '--tlsAllowConnectionsWithoutCertificates'],
    ],
  });
  const [member] = set.members;
  if (!member) throw new Error('a replica set has a member');
  const administrator = { user: 'administrator', password: randomBytes(24).toString('base64') };
  // As long as there is no user, one may be made from the same machine.
  await member.admin({ createUser: administrator.user, pwd: administrator.password, roles: ['root'] });

  const uri: SecuredDatabase['uri'] = (name, { user, password }, { host = HOST, query } = {}) => {
    const options = new URLSearchParams(query ?? { tls: 'true', tlsCAFile: caFile });
    return `mongodb://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${member.port}/${name}?${options.toString()}`;
  };
  const run: SecuredDatabase['run'] = async (name, command, credentials) => {
    const client = new MongoClient(credentials ? uri(name, credentials) : uri('admin', administrator));
    try {
      return await client.db(name).command(command);
    } finally {
      await client.close();
    }
  };
  await run('admin', { setParameter: 1, tlsMode: 'requireTLS' });
  return {
    caFile,
    uri,
    run,
    [Symbol.asyncDispose]: async () => {
      await set[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
