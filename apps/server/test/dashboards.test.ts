import { receiver } from '@interview-webhooks/testing';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type MetricFamily, scrape } from './support/exposition.ts';
import { type TestServer, testServer } from './support/test-server.ts';

const read = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');

const Board = z.object({
  templating: z.object({ list: z.array(z.object({ name: z.string(), query: z.unknown() })) }),
  panels: z.array(
    z.object({
      type: z.string(),
      title: z.string(),
      description: z.string().optional(),
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z.array(z.object({ expr: z.string(), legendFormat: z.string() })).optional(),
    }),
  ),
});
const Alerts = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.strictObject({
          alert: z.string(),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string(), runbook: z.string() }),
        }),
      ),
    }),
  ),
});

const board = Board.parse(JSON.parse(await read('deploy/grafana/interview-webhooks.json')));
const rules = Alerts.parse(parse(await read('deploy/prometheus/alerts.yaml'))).groups.flatMap(
  (group) => group.rules,
);
const queries = [
  ...board.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ of: title, expr }))),
  ...rules.map(({ alert, expr }) => ({ of: alert, expr })),
];

let server: TestServer;
/** What a server says that has delivered something. */
let families: ReadonlyMap<string, MetricFamily>;
beforeAll(async () => {
  server = await testServer({ METRICS_PORT: '0' });
  await using target = await receiver();
  const post = async (path: string, body: unknown) =>
    (await server.call('POST', `/ai-interviews${path}`, { body })).json as Record<string, string>;
  await post('/settings/webhooks', { webhooks: { start: { status: true, url: target.url } } });
  const { ai_interview_id } = await post('', { ai_interview_name: 'Backend' });
  const candidate = { candidate_name: 'Ada', candidate_email: 'ada@example.com' };
  const { response_id } = await post('/invite', { ai_interview_id, ...candidate });
  await post(`/responses/${response_id ?? ''}/start`, {});
  await target.until(() => target.received.length === 1);
  families = await scraped();
});
afterAll(() => server[Symbol.asyncDispose]());

/** Once the delivery is recorded. */
async function scraped() {
  for (;;) {
    const { families: found, value } = await scrape(server.metricsUrl ?? '');
    if (value('interview_webhooks_deliveries_ended_total', { outcome: 'delivered' }) > 0) return found;
    await pause(50);
  }
}

/** What Prometheus adds to what it scrapes. */
const addedLabels = ['instance', 'job', 'le'];

/** The labels that a metric has, with the values that they have had. */
function labelsOf(metric: string): Map<string, Set<string>> {
  const family = families.get(metric) ?? families.get(metric.replace(/_(bucket|sum|count)$/, ''));
  const labels = new Map<string, Set<string>>();
  for (const sample of family?.samples ?? []) {
    for (const [label, value] of Object.entries(sample.labels)) {
      labels.set(label, (labels.get(label) ?? new Set()).add(value));
    }
  }
  return labels;
}

describe.each(queries)('$of: $expr', ({ expr }) => {
  const metrics = [...expr.matchAll(/\b((?:interview_webhooks|nodejs|process)_\w+)(?:\{(.*?)\})?/g)];

  it('asks for metrics that there are', () => {
    expect(metrics).not.toHaveLength(0);
    const known = [...families].flatMap(([name, { type }]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
    );
    for (const [, metric = ''] of metrics) expect(known).toContain(metric);
  });

  it('asks for labels and values that there are', () => {
    const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(/, */));
    for (const [, metric = '', matchers = ''] of metrics) {
      const labels = labelsOf(metric);
      for (const label of grouped) expect([...addedLabels, ...labels.keys()]).toContain(label);
      for (const [, label = '', operator, value = ''] of matchers.matchAll(/(\w+)(=~|=)"([^"]*)"/g)) {
        expect([...addedLabels, ...labels.keys()]).toContain(label);
        // No command has failed yet.
        const mayBeMissing = operator === '=~' || metric.includes('database_command');
        if (!mayBeMissing) expect([...(labels.get(label) ?? [])]).toContain(value);
      }
    }
  });
});

describe('the board', () => {
  it('has its rows, and says of each panel what it shows', () => {
    const rows = board.panels.filter(({ type }) => type === 'row').map(({ title }) => title);
    expect(rows).toEqual([
      'Is it healthy?',
      'Deliveries',
      'Receivers',
      'Queue',
      'API',
      'Database',
      'Process',
    ]);
    for (const panel of board.panels.filter(({ type }) => type !== 'row')) {
      expect(panel.description, panel.title).toMatch(/\.$/);
      expect(panel.gridPos.x + panel.gridPos.w).toBeLessThanOrEqual(24);
    }
  });

  it('shows every metric of ours', () => {
    const asked = queries.map(({ expr }) => expr).join('\n');
    const ours = [...families.keys()].filter((name) => name.startsWith('interview_webhooks_'));
    expect(ours.filter((name) => !asked.includes(name))).toEqual([]);
  });
});

describe('an alert', () => {
  it.each(rules)('$alert says what is wrong, and which page of the runbook to open', ({ annotations }) => {
    expect(annotations.summary).toMatch(/\.$/);
    expect(annotations.runbook).toMatch(/^docs\/operations\.md#[a-z-]+$/);
  });
});
