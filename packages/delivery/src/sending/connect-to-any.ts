import { connect, isIPv6, type Socket } from 'node:net';
import type { Attempt } from './attempt.ts';

/** How long one address may take before the next one is tried beside it. RFC 8305 says 250 ms; this allows for far continents. */
const NEXT_ADDRESS_AFTER_MS = 400;

export interface Addresses {
  /** IP literals, at least one, all of them checked. */
  readonly addresses: readonly string[];
  readonly port: number;
}

/**
 * Connects to whichever address answers first ("Happy Eyeballs", RFC 8305). The next one is tried when one fails
 * or takes its time, and none is given up before another has won. Sockets have this built in (`autoSelectFamily`),
 * but give the earlier address up: a process busy for a moment would lose receivers that had answered.
 *
 * @throws DeadlineError when time is up; else the most telling of the addresses' errors
 */
export function connectToAny({ addresses, port }: Addresses, attempt: Attempt): Promise<Socket> {
  const waiting = alternating(addresses);
  const racing = new Set<Socket>();
  const errors: Error[] = [];
  let timer: NodeJS.Timeout | undefined;

  const stop = () => {
    clearTimeout(timer);
    for (const socket of racing) socket.destroy();
  };

  return new Promise((resolve, reject) => {
    attempt.onExpired((error) => {
      stop();
      reject(error);
    });
    const tryNext = () => {
      clearTimeout(timer);
      const address = waiting.shift();
      if (address === undefined) {
        if (racing.size === 0) reject(mostTelling(errors));
        return;
      }
      attempt.remoteAddress = address;
      const socket = connect({ host: address, port, noDelay: true });
      const failed = (error: Error) => {
        racing.delete(socket);
        errors.push(error);
        tryNext();
      };
      racing.add(socket.on('error', failed));
      socket.once('connect', () => {
        racing.delete(socket);
        stop();
        attempt.remoteAddress = address;
        // From here on its user says what its end means; none of it may end the process.
        socket.on('error', ignore).off('error', failed);
        resolve(socket);
      });
      if (waiting.length > 0) timer = setTimeout(tryNext, NEXT_ADDRESS_AFTER_MS);
    };
    tryNext();
  });
}

/** IPv4 and IPv6 by turns, beginning with the first address's family: where one family has no route, the other is next. */
function alternating(addresses: readonly string[]): string[] {
  const six = isIPv6(addresses[0] ?? '');
  const own = addresses.filter((address) => isIPv6(address) === six);
  const other = addresses.filter((address) => isIPv6(address) !== six);
  const pairs = Array.from({ length: Math.max(own.length, other.length) }, (_, at) => [own[at], other[at]]);
  return pairs.flat().filter((address) => address !== undefined);
}

/** A machine without IPv6 has no route to half of the world; what the other addresses said is of more use. */
function mostTelling(errors: readonly Error[]): Error {
  const routed = errors.find((error) => !/ENETUNREACH|EHOSTUNREACH|EADDRNOTAVAIL/.test(error.message));
  return routed ?? errors[0] ?? new Error('no address to connect to');
}

function ignore(): void {
  // See above.
}
