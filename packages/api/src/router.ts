import { apiKeysRouter } from './router/api-keys.ts';
import { auditRouter } from './router/audit.ts';
import { deliveriesRouter } from './router/deliveries.ts';
import { demoRouter } from './router/demo.ts';
import { inboxRouter } from './router/inbox.ts';
import { interviewsRouter } from './router/interviews.ts';
import { overviewRouter } from './router/overview.ts';
import { redeliveriesRouter } from './router/redeliveries.ts';
import { responsesRouter } from './router/responses.ts';
import { sessionRouter } from './router/session.ts';
import { sessionsRouter } from './router/sessions.ts';
import { settingsRouter } from './router/settings.ts';
import { router } from './trpc.ts';

export const appRouter = router({
  settings: settingsRouter,
  interviews: interviewsRouter,
  responses: responsesRouter,
  deliveries: deliveriesRouter,
  redeliveries: redeliveriesRouter,
  overview: overviewRouter,
  inbox: inboxRouter,
  demo: demoRouter,
  audit: auditRouter,
  apiKeys: apiKeysRouter,
  session: sessionRouter,
  sessions: sessionsRouter,
});

/** The API's type: what the typed client and the dashboard are checked against. */
export type AppRouter = typeof appRouter;
