import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** A DNS server on the loopback that never answers. */
export interface SilentNameServer extends AsyncDisposable {
  /** As `WEBHOOK_DNS_SERVERS` takes it. */
  readonly server: string;
}

export async function silentNameServer(): Promise<SilentNameServer> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    server: `127.0.0.1:${socket.address().port}`,
    [Symbol.asyncDispose]: async () => {
      socket.close();
      await once(socket, 'close');
    },
  };
}

/** Whether the nth endpoint has a name that only this server is asked for: the first of each `silentEvery`; with 0, none. */
export function isSilent(endpoint: number, silentEvery: number): boolean {
  return silentEvery > 0 && endpoint % silentEvery === 0;
}

/** Plain http needs an address that is known to be allowed, so a name that leads nowhere has https. */
export function silentUrlOf(endpoint: number): string {
  return `https://endpoint-${endpoint}.silent.test/hooks/start`;
}
