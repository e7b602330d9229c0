import { isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import {
  type AddressLookup,
  fixedAddresses,
  hostnameOf,
  type Network,
  targetRefusal,
} from '@interview-webhooks/domain';
import { type Attempt, DeadlineError } from './attempt.ts';
import { LookupError, TargetRefusedError } from './attempt-failures.ts';
import { connectToAny } from './connect-to-any.ts';

export interface OpenTarget {
  readonly url: URL;
  /** Whose look-up it is. */
  readonly workspaceId?: string | undefined;
}

export interface OpenOptions {
  readonly allowedNetworks: readonly Network[];
  readonly lookup: AddressLookup;
  readonly secureContext: SecureContext;
}

/**
 * Connects to the host of `url`, with TLS for https. The name is resolved once, every address it has is
 * checked, and the connection goes to one of these very addresses: a name that answers differently the next
 * time (DNS rebinding) finds nobody asking.
 *
 * @throws TargetRefusedError when an address is forbidden, LookupError when there is none, DeadlineError when
 * time is up, and what sockets throw
 */
export async function openConnection(
  { url, workspaceId }: OpenTarget,
  attempt: Attempt,
  options: OpenOptions,
): Promise<Socket> {
  const hostname = hostnameOf(url);
  const lookUp = (signal: AbortSignal) => options.lookup(hostname, { workspaceId, signal });
  const addresses = fixedAddresses(hostname) ?? (await resolve(lookUp, attempt));
  const refusal = targetRefusal({ url, addresses, allowedNetworks: options.allowedNetworks });
  if (refusal) throw new TargetRefusedError(refusal);
  const secure = url.protocol === 'https:';
  attempt.enter('connect');
  // Sockets are given addresses only, so they look nothing up.
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port);
  const socket = await connectToAny({ addresses, port }, attempt);
  return secure ? secured(socket, { hostname, secureContext: options.secureContext }, attempt) : socket;
}

function resolve(
  lookUp: (signal: AbortSignal) => Promise<readonly string[]>,
  attempt: Attempt,
): Promise<readonly string[]> {
  attempt.enter('dns');
  const ending = new AbortController();
  return new Promise((found, reject) => {
    attempt.onExpired((error) => {
      ending.abort(error);
      // The look-up may have to say that it never had its turn; one that says nothing is not waited for.
      setImmediate(reject, error);
    });
    const failed = (cause: unknown) => {
      reject(cause instanceof DeadlineError ? cause : new LookupError(cause));
    };
    lookUp(ending.signal).then((addresses) => {
      if (addresses.length > 0) found(addresses);
      else failed(new Error('no addresses'));
    }, failed);
  });
}

interface SecureTarget {
  readonly hostname: string;
  readonly secureContext: SecureContext;
}

/** Makes TLS spoken over an open socket. */
function secured(
  socket: Socket,
  { hostname, secureContext }: SecureTarget,
  attempt: Attempt,
): Promise<TLSSocket> {
  attempt.enter('tls');
  return new Promise((resolve, reject) => {
    const tls = connectTls({
      socket,
      secureContext,
      // The certificate must be the host's, whatever the address. Server Name Indication carries names only
      // and no final dot (RFC 6066, section 3); without it `host` is what the certificate is checked against.
      host: hostname,
      servername: isIP(hostname) ? '' : hostname.replace(/\.$/, ''),
      ALPNProtocols: ['http/1.1'],
    });
    const failed = (error: Error) => {
      tls.destroy();
      reject(error);
    };
    attempt.onExpired(failed);
    tls.on('error', failed);
    tls.once('secureConnect', () => {
      // A kept connection must not hold on to the attempt that opened it, nor its end stop the process.
      tls.on('error', ignore).off('error', failed);
      resolve(tls);
    });
  });
}

function ignore(): void {
  // undici reports what happens to the socket from here on.
}
