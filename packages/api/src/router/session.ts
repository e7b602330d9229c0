import { authenticateApiKey, signIn, signOut, UnauthenticatedError } from '@interview-webhooks/domain';
import { Session, SignIn } from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import type { ApiContext } from '../context.ts';
import { sync } from '../sync.ts';
import { openProcedure } from '../trpc.ts';

/** What the browser's cookie comes of. The server checks this before it reads a body, too. */
const pageProcedure = openProcedure.meta({ forPages: true });

/** The dashboard's session. The token goes into an HttpOnly cookie and never into an answer. */
export const sessionRouter = {
  /** Who is signed in, or null. */
  get: openProcedure.output(sync(Session.nullable())).query(({ ctx }) => countedSession(ctx)),

  signIn: pageProcedure
    .input(sync(SignIn))
    .output(sync(Session))
    .mutation(async ({ ctx, input }) => {
      ctx.sessionCookie.requireOwnPage();
      const principal = await authenticateApiKey(ctx, input.api_key).catch(async (error: unknown) => {
        if (error instanceof UnauthenticatedError) await ctx.limits.countFailure(ctx.address);
        throw error;
      });
      ctx.noteCaller(principal);
      await ctx.limits.countCalls(principal, 1);
      const { token, session } = await signIn(ctx, principal, ctx);
      // The browser forgets the session it had; nobody else may go on with it.
      for (const replaced of ctx.sessionCookie.brought()) await signOut(ctx, replaced);
      ctx.sessionCookie.write(token, new Date(session.expires_at));
      return session;
    }),

  signOut: pageProcedure.output(sync(z.null())).mutation(async ({ ctx }) => {
    ctx.sessionCookie.requireOwnPage();
    await countedSession(ctx);
    for (const token of ctx.sessionCookie.brought()) {
      const principal = await signOut(ctx, token);
      if (principal) ctx.noteCaller(principal);
    }
    ctx.sessionCookie.clear();
    return null;
  }),
} satisfies TRPCRouterRecord;

/**
 * Who is signed in, or null. Counts the call: for the key where somebody is, else for the address.
 *
 * @throws RateLimitError
 */
async function countedSession(ctx: ApiContext): Promise<Session | null> {
  if (ctx.sessionCookie.read() === undefined) {
    await ctx.limits.countOpenCall(ctx.address);
    return null;
  }
  try {
    return (await ctx.signedIn()).session;
  } catch (error) {
    if (error instanceof UnauthenticatedError) return null;
    throw error;
  }
}
