import type { Overview, OverviewRange } from '@interview-webhooks/schema';

const HOUR_MS = 3_600_000;

/** What the viewer's clock shows, or that of `timeZone`. */
export function bucketTimes(range: OverviewRange, bucketHours: number, timeZone?: string) {
  const zone = { timeZone };
  const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', ...zone });
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', day: 'numeric', ...zone });
  const time = new Intl.DateTimeFormat('en', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...zone,
  });
  const axis = { '24h': time, '7d': weekday, '30d': day }[range];
  return {
    /** Below a bar. */
    tick: (at: string) => axis.format(new Date(at)),
    /** The whole stretch that a bar stands for: `Nov 23, 14:00 to 15:00`, `Nov 23`. */
    span: (at: string) => {
      const from = new Date(at);
      if (bucketHours >= 24) return day.format(from);
      const to = new Date(from.getTime() + bucketHours * HOUR_MS);
      return `${day.format(from)}, ${time.format(from)} to ${time.format(to)}`;
    },
    /** Whether a day begins with this bar. */
    beginsDay: (at: string) => time.format(new Date(at)) === '00:00',
  };
}

/** When the bar that begins at `at` ends. */
export function bucketEnd(at: string, bucketHours: number): string {
  return new Date(new Date(at).getTime() + bucketHours * HOUR_MS).toISOString();
}

/** The bars that say when they are: as many as there is room for, and none so near the edge that its label is cut. */
export function labelledBars({ points, range, bucket_hours }: Overview, room: number): string[] {
  const starts = points.map(({ at }) => at);
  const { beginsDay } = bucketTimes(range, bucket_hours);
  const days = range === '7d' ? starts.filter(beginsDay) : [];
  const candidates = days.length > 0 ? days : starts;
  const step = Math.max(1, Math.ceil(candidates.length / Math.max(1, room)));
  return candidates.filter((_, index) => index % step === Math.floor(step / 2));
}
