import type { ProcedureName } from '@interview-webhooks/api';

/** One documented REST route: which procedure it calls. Scope, input and output are the procedure's own. */
export interface RestRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** A parameter in the path becomes the input field of the same name. */
  path: string;
  procedure: ProcedureName;
  /** The status of success; 200 unless given. */
  status?: 201;
}

const routes = [
  { method: 'GET', path: '/ai-interviews/settings/webhooks', procedure: 'settings.webhookSettings' },
  { method: 'POST', path: '/ai-interviews/settings/webhooks', procedure: 'settings.updateWebhookSettings' },
  {
    method: 'GET',
    path: '/ai-interviews/settings/webhooks/:ai_interview_id',
    procedure: 'interviews.webhookSettings',
  },
  {
    method: 'PUT',
    path: '/ai-interviews/settings/webhooks/:ai_interview_id',
    procedure: 'interviews.updateWebhookSettings',
  },
  { method: 'POST', path: '/ai-interviews/settings/webhooks/test', procedure: 'settings.test' },
  { method: 'GET', path: '/ai-interviews/settings/webhooks/secret', procedure: 'settings.signingSecret' },
  {
    method: 'POST',
    path: '/ai-interviews/settings/webhooks/secret/rotate',
    procedure: 'settings.rotateSigningSecret',
  },
  { method: 'GET', path: '/ai-interviews', procedure: 'interviews.list' },
  { method: 'POST', path: '/ai-interviews', procedure: 'interviews.create', status: 201 },
  { method: 'GET', path: '/ai-interviews/:ai_interview_id', procedure: 'interviews.get' },
  { method: 'POST', path: '/ai-interviews/invite', procedure: 'responses.invite', status: 201 },
  { method: 'GET', path: '/ai-interviews/responses', procedure: 'responses.list' },
  { method: 'GET', path: '/ai-interviews/responses/:response_id', procedure: 'responses.get' },
  { method: 'POST', path: '/ai-interviews/responses/:response_id/start', procedure: 'responses.start' },
  { method: 'POST', path: '/ai-interviews/responses/:response_id/submission', procedure: 'responses.submit' },
  {
    method: 'POST',
    path: '/ai-interviews/responses/:response_id/evaluation',
    procedure: 'responses.evaluate',
  },
  { method: 'GET', path: '/ai-interviews/webhooks/overview', procedure: 'overview.get' },
  { method: 'GET', path: '/ai-interviews/webhooks/deliveries', procedure: 'deliveries.list' },
  { method: 'GET', path: '/ai-interviews/webhooks/deliveries/:delivery_id', procedure: 'deliveries.get' },
  {
    method: 'POST',
    path: '/ai-interviews/webhooks/deliveries/:delivery_id/redeliver',
    procedure: 'deliveries.redeliver',
  },
  {
    method: 'POST',
    path: '/ai-interviews/webhooks/deliveries/:delivery_id/cancel',
    procedure: 'deliveries.cancel',
  },
  { method: 'GET', path: '/ai-interviews/webhooks/redeliveries', procedure: 'redeliveries.list' },
  {
    method: 'POST',
    path: '/ai-interviews/webhooks/redeliveries',
    procedure: 'redeliveries.create',
    status: 201,
  },
  {
    method: 'GET',
    path: '/ai-interviews/webhooks/redeliveries/:redelivery_id',
    procedure: 'redeliveries.get',
  },
  {
    method: 'DELETE',
    path: '/ai-interviews/webhooks/redeliveries/:redelivery_id',
    procedure: 'redeliveries.cancel',
  },
  { method: 'GET', path: '/ai-interviews/audit', procedure: 'audit.list' },
  { method: 'GET', path: '/ai-interviews/report', procedure: 'responses.report' },
  { method: 'GET', path: '/ai-interviews/report/:response_id', procedure: 'responses.report' },
] as const satisfies readonly RestRoute[];

/** A route as people name it: `GET /ai-interviews`. */
export type RestRouteName = NameOf<(typeof routes)[number]>;
type NameOf<Route> = Route extends { method: infer Method extends string; path: infer Path extends string }
  ? `${Method} ${Path}`
  : never;

/** Every REST route. Each also answers under `/api/v2`. */
export const restRoutes: readonly (RestRoute & { name: RestRouteName })[] = routes.map((route) => ({
  ...route,
  // A template over two unions is taken for every mixture of them.
  name: `${route.method} ${route.path}` as NameOf<typeof route>,
}));
