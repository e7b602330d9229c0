import type { Session } from '@interview-webhooks/schema';
import { useEffect, useEffectEvent } from 'react';
import { trpc } from '../lib/trpc.ts';
import { useSession } from '../session/session-context.ts';
import type { Hub } from './hub.ts';

const CHANNEL = 'session';

/** The same in tabs that may see the same: those signed in to one workspace with one key. */
function identityOf(session: Session | null): string | null {
  return session && `${session.workspace.id} ${session.api_key.prefix}`;
}

/**
 * Keeps this tab to the session that its page is of. All tabs have one cookie, so signing in or out in one of them does
 * it in all: what the server answers from then on is another key's, and must not be shown on this page. Tabs say who
 * they are; one that hears something else than it knows asks the server, and believes only that.
 */
export function SessionOfAllTabs({ hub }: { hub: Hub }) {
  const { session, ended, setEnded, query } = useSession();
  const utils = trpc.useUtils();
  const identity = query.data === undefined ? undefined : identityOf(query.data);
  const onHeard = useEffectEvent(async (heard: string | null) => {
    if (heard === identity) return;
    const now = await utils.client.session.get.query().catch(() => undefined);
    if (now === undefined || identityOf(now) === identity) return;
    const shown = session ?? ended;
    if (!shown || identityOf(shown) === identityOf(now)) {
      utils.session.get.setData(undefined, now);
      setEnded(null);
    } else if (session) {
      setEnded(session);
      utils.session.get.setData(undefined, null);
    }
  });
  useEffect(() => {
    hub.signedInAs(identity ?? null);
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }: MessageEvent<string | null>) => void onHeard(data);
    if (identity !== undefined) channel.postMessage(identity);
    return () => {
      channel.close();
    };
  }, [hub, identity]);
  return null;
}
