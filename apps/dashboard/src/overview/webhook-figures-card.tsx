import type { Overview, WebhookFigures } from '@interview-webhooks/schema';
import { milliseconds } from '../attempts/timing-phases.ts';
import { counted } from '../lib/counted.ts';
import { formatRate } from '../lib/figures.ts';
import { Panel } from '../ui/panel.tsx';
import { WayIn } from './way-in.tsx';

const webhooks = [
  { part: 'start', name: 'Start', event: 'ai_interview.start' },
  { part: 'submission', name: 'Submission', event: 'ai_interview.submission' },
] as const;

const cell = 'px-2 py-3 text-right align-middle tabular-nums last:pr-4 sm:last:pr-5';

/** How long receivers take to answer, and how often they take what is sent: each webhook in figures and as a bar. */
export function WebhookFiguresCard({ overview }: { overview: Overview }) {
  const slowest = Math.max(1, ...webhooks.map(({ part }) => overview.webhooks[part].p95_ms ?? 0));
  const inRange = { from: overview.from, to: overview.to };
  return (
    <Panel title="Response times" className="flex flex-col">
      <table className="w-full border-t border-line text-left text-[13px]/5">
        <caption className="sr-only">Each webhook’s response times and success rate</caption>
        <thead className="text-xs text-ink-muted">
          <tr>
            <th scope="col" className="py-2 pl-4 font-medium sm:pl-5">
              Webhook
            </th>
            <th scope="col" className="w-full max-sm:hidden">
              <span className="sr-only">Response time as a bar</span>
            </th>
            <th scope="col" className={`${cell} py-2 font-medium`}>
              p50
            </th>
            <th scope="col" className={`${cell} py-2 font-medium`}>
              p95
            </th>
            <th scope="col" className={`${cell} py-2 font-medium`}>
              Success
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-t border-line">
          {webhooks.map(({ part, name, event }) => {
            const figures = overview.webhooks[part];
            return (
              <tr key={part}>
                <th scope="row" className="py-3 pl-4 font-normal sm:pl-5">
                  <WayIn way={{ to: '/deliveries', search: { event, ...inRange } }}>{name}</WayIn>
                  <span className="block text-xs text-ink-muted whitespace-nowrap">
                    {counted(figures.answers, 'answer')}
                  </span>
                </th>
                <td className="px-2 max-sm:hidden">
                  <Spread figures={figures} slowest={slowest} />
                </td>
                <td className={`${cell} font-medium whitespace-nowrap`}>{time(figures.p50_ms)}</td>
                <td className={`${cell} font-medium whitespace-nowrap`}>{time(figures.p95_ms)}</td>
                <td className={`${cell} font-medium`}>
                  {figures.success_rate === null ? '–' : formatRate(figures.success_rate)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="mt-auto border-t border-line px-4 py-3 text-xs/5 text-ink-muted sm:px-5">
        Half of the answers came within p50, nineteen of twenty within p95.
      </p>
    </Panel>
  );
}

interface SpreadProps {
  figures: WebhookFigures;
  slowest: number;
}

/** A bar up to p95, darker up to p50. */
function Spread({ figures: { p50_ms, p95_ms }, slowest }: SpreadProps) {
  const part = (ms: number | null) => `${((ms ?? 0) / slowest) * 100}%`;
  return (
    <span aria-hidden className="relative block h-2 min-w-16 overflow-hidden rounded-full bg-sunken">
      <span
        style={{ width: part(p95_ms) }}
        className="absolute inset-y-0 left-0 rounded-full bg-chart-delivered/45"
      />
      <span
        style={{ width: part(p50_ms) }}
        className="absolute inset-y-0 left-0 rounded-full bg-chart-delivered"
      />
    </span>
  );
}

function time(ms: number | null): string {
  return ms === null ? '–' : milliseconds(ms);
}
