import type { SessionCookie } from '@interview-webhooks/api';
import type { FastifyReply } from 'fastify';
import { type FromPage, isHttps, refuseOtherSites, requireOwnPage } from './own-page.ts';

const PLAIN_NAME = 'interview_webhooks_session';
/**
 * Browsers take a cookie of this prefix only over https, from the host itself and for all of its paths: another host of the
 * same site, or somebody on the way, cannot put a session of theirs in its place (RFC 6265bis, section 4.1.3.2).
 */
const HOST_NAME = `__Host-${PLAIN_NAME}`;

/** The dashboard's session as a cookie of the request and its answer. */
export function sessionCookieOf(from: FromPage, reply: FastifyReply): SessionCookie {
  const { cookies } = from.request;
  // A browser drops a Secure cookie over plain http, which is for the loopback and for trials.
  const secure = isHttps(from);
  const attributes = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const;
  const name = secure ? HOST_NAME : PLAIN_NAME;
  /** Over https, what an earlier version or a start without https has set. It opens nothing. */
  const outdated = secure ? cookies[PLAIN_NAME] : undefined;
  const dropOutdated = () => {
    if (outdated !== undefined) reply.clearCookie(PLAIN_NAME, attributes);
  };
  return {
    requireOwnPage: () => {
      requireOwnPage(from);
    },
    read: () => {
      const token = cookies[name];
      if (token !== undefined) refuseOtherSites(from);
      return token;
    },
    brought: () => [cookies[name], outdated].filter((token) => token !== undefined),
    write: (token, expires) => {
      dropOutdated();
      reply.setCookie(name, token, { ...attributes, expires });
    },
    clear: () => {
      dropOutdated();
      reply.clearCookie(name, attributes);
    },
  };
}
