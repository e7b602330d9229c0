import type { AppRouter } from '@interview-webhooks/api';
import { hashKey } from '@tanstack/react-query';
import { createTRPCUntypedClient, httpSubscriptionLink, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { Hub } from './hub.ts';
import type { OpenStream } from './streams.ts';
import { WatchedEventSource } from './watched-event-source.ts';

/** Opens streams at the server as tRPC has them. */
export function streamsFrom(url: string): OpenStream {
  const client = createTRPCUntypedClient<AppRouter>({
    links: [httpSubscriptionLink({ url, EventSource: WatchedEventSource })],
  });
  return ({ path, input }, { onLive, onData, onEnd }) => {
    let ended = false;
    const end = () => {
      if (ended) return;
      ended = true;
      subscription.unsubscribe();
      onEnd();
    };
    const subscription = client.subscription(path, input, {
      onStarted: onLive,
      onData,
      onError: end,
      onComplete: end,
      // What tRPC would try again by itself.
      onConnectionStateChange: ({ state, error }) => {
        if (state === 'connecting' && error) end();
      },
    });
    return () => {
      ended = true;
      subscription.unsubscribe();
    };
  };
}

/**
 * Subscriptions by way of the hub. They never fail: they are `connecting` when no news come, whatever the reason. The
 * call that is made instead finds out what that is.
 */
export function liveLink(hub: Hub): TRPCLink<AppRouter> {
  return () =>
    ({ op: { path, input } }) =>
      observable((observer) => {
        const state = (live: boolean) => {
          observer.next({ result: { type: 'state', state: live ? 'pending' : 'connecting', error: null } });
        };
        state(false);
        return hub.watch({ key: hashKey([path, input]), path, input }, (update) => {
          if ('live' in update) state(update.live);
          else observer.next({ result: { data: update.data } });
        });
      });
}
