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
import { procedure, sharedQuery } from '../trpc.ts';

export const responsesRouter = {
  invite: procedure('interviews:write')
    .input(InviteCandidate)
    .output(Invitation)
    .mutation(({ ctx, input }) => inviteCandidate(ctx, input)),

  list: sharedQuery('interviews:read')
    .input(ListResponses.prefault({}))
    .output(ResponsePage)
    .query(({ ctx, input }) => listResponses(ctx, input)),

  get: procedure('interviews:read')
    .input(ResponseRef)
    .output(InterviewResponse)
    .query(({ ctx, input }) => getResponse(ctx, input)),

  report: procedure('interviews:read')
    .input(ReportRef)
    .output(Report)
    .query(({ ctx, input }) => getReport(ctx, input)),

  start: procedure('interviews:write')
    .input(ResponseRef)
    .output(InterviewResponse)
    .mutation(({ ctx, input }) => recordStart(ctx, input)),

  submit: procedure('interviews:write')
    .input(SubmitResponse)
    .output(InterviewResponse)
    .mutation(({ ctx, input }) => recordSubmission(ctx, input)),

  evaluate: procedure('interviews:write')
    .input(SubmitResponse)
    .output(InterviewResponse)
    .mutation(({ ctx, input }) => evaluateResponse(ctx, input)),
} satisfies TRPCRouterRecord;
