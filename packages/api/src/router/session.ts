import { authenticateSession, signIn, signOut, UnauthenticatedError } from '@interview-webhooks/domain';
import { Session, SignIn } from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { z } from 'zod';
import { openProcedure } from '../trpc.ts';

/** What the browser's cookie comes of. The server checks this before it reads a body, too. */
const pageProcedure = openProcedure.meta({ forPages: true });

/** The dashboard's session. The token goes into an HttpOnly cookie and never into an answer. */
export const sessionRouter = {
  /** Who is signed in, or null. */
  get: openProcedure.output(Session.nullable()).query(async ({ ctx }) => {
    const token = ctx.sessionCookie.read();
    if (!token) return null;
    try {
      const { principal, session } = await authenticateSession(ctx, token);
      ctx.noteCaller(principal);
      return session;
    } catch (error) {
      if (error instanceof UnauthenticatedError) return null;
      throw error;
    }
  }),

  signIn: pageProcedure
    .input(SignIn)
    .output(Session)
    .mutation(async ({ ctx, input }) => {
      ctx.sessionCookie.requireOwnPage();
      try {
        const { token, session, principal } = await signIn(ctx, input.api_key);
        ctx.noteCaller(principal);
        // The browser forgets the session it had; nobody else may go on with it.
        for (const replaced of ctx.sessionCookie.brought()) await signOut(ctx, replaced);
        ctx.sessionCookie.write(token, new Date(session.expires_at));
        return session;
      } catch (error) {
        if (error instanceof UnauthenticatedError) await ctx.limits.countFailure(ctx.address);
        throw error;
      }
    }),

  signOut: pageProcedure.output(z.null()).mutation(async ({ ctx }) => {
    ctx.sessionCookie.requireOwnPage();
    for (const token of ctx.sessionCookie.brought()) {
      const principal = await signOut(ctx, token);
      if (principal) ctx.noteCaller(principal);
    }
    ctx.sessionCookie.clear();
    return null;
  }),
} satisfies TRPCRouterRecord;
