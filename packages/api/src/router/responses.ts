import {
  evaluateResponse,
  getReport,
  getResponse,
  inviteCandidate,
  listResponses,
  recordStart,
  recordSubmission,
} from '@interview-webhooks/domain';
import {
  InterviewResponse,
  Invitation,
  InviteCandidate,
  ListResponses,
  Report,
  ReportRef,
  ResponsePage,
  ResponseRef,
  SubmitResponse,
} from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { sync } from '../sync.ts';
import { procedure, sharedQuery } from '../trpc.ts';

export const responsesRouter = {
  invite: procedure('interviews:write')
    .input(sync(InviteCandidate))
    .output(sync(Invitation))
    .mutation(({ ctx, input }) => inviteCandidate(ctx, input)),

  list: sharedQuery('interviews:read')
    .input(sync(ListResponses.prefault({})))
    .output(sync(ResponsePage))
    .query(({ ctx, input }) => listResponses(ctx, input)),

  get: procedure('interviews:read', { isAboutResponse: true })
    .input(sync(ResponseRef))
    .output(sync(InterviewResponse))
    .query(({ ctx, input }) => getResponse(ctx, input)),

  report: procedure('interviews:read', { isAboutResponse: true })
    .input(sync(ReportRef))
    .output(sync(Report))
    .query(({ ctx, input }) => getReport(ctx, input)),

  start: procedure('interviews:write', { isAboutResponse: true })
    .input(sync(ResponseRef))
    .output(sync(InterviewResponse))
    .mutation(({ ctx, input }) => recordStart(ctx, input)),

  submit: procedure('interviews:write', { isAboutResponse: true })
    .input(sync(SubmitResponse))
    .output(sync(InterviewResponse))
    .mutation(({ ctx, input }) => recordSubmission(ctx, input)),

  evaluate: procedure('interviews:write', { isAboutResponse: true })
    .input(sync(SubmitResponse))
    .output(sync(InterviewResponse))
    .mutation(({ ctx, input }) => evaluateResponse(ctx, input)),
} satisfies TRPCRouterRecord;
