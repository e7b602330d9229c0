/** One line of a scrape. */
interface Sample {
  name: string;
  labels: Readonly<Record<string, string>>;
  value: number;
}

export interface MetricFamily {
  type: string;
  help: string;
  samples: Sample[];
}

const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/y;
const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;

/**
 * Reads Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/), with what `promtool check
 * metrics` asks for beyond the grammar.
 *
 * @throws Error naming the line that is wrong
 */
export function parseExposition(text: string): Map<string, MetricFamily> {
  const families = new Map<string, MetricFamily>();
  const seen = new Set<string>();
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const about = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line);
    const [, what, name = '', said = ''] = about ?? [];
    if (what === 'HELP') families.set(name, { type: '', help: said, samples: [] });
    else if (what === 'TYPE') familyOf(families, name, line).type = said;
    else {
      const sample = sampleOf(line);
      const id = line.slice(0, line.lastIndexOf(' '));
      if (seen.has(id)) throw new Error(`twice: ${line}`);
      seen.add(id);
      familyOf(families, sample.name, line).samples.push(sample);
    }
  }
  for (const [name, family] of families) checkFamily(name, family);
  return families;
}

function familyOf(families: ReadonlyMap<string, MetricFamily>, name: string, line: string): MetricFamily {
  const family = families.get(name) ?? families.get(name.replace(/_(bucket|sum|count)$/, ''));
  if (!family) throw new Error(`without HELP before it: ${line}`);
  return family;
}

function sampleOf(line: string): Sample {
  const [, name, inside = '', value = ''] = LINE.exec(line) ?? [];
  if (name === undefined) throw new Error(`not a sample: ${line}`);
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  for (let at = 0; at < inside.length; at = LABEL.lastIndex) {
    LABEL.lastIndex = at;
    const [, label, text = ''] = LABEL.exec(inside) ?? [];
    if (label === undefined || label in labels) throw new Error(`labels are wrong: ${line}`);
    labels[label] = text;
  }
  const number = Number(value.replace('Inf', 'Infinity'));
  if (Number.isNaN(number) && value !== 'NaN' && value !== 'Nan') throw new Error(`no number: ${line}`);
  return { name, labels, value: number };
}

function checkFamily(name: string, { type, help, samples }: MetricFamily): void {
  if (help === '' || !['counter', 'gauge', 'histogram', 'summary'].includes(type)) {
    throw new Error(`${name} has no help or no type`);
  }
  // Of Node's own metrics, which the client library names, one gauge is called a total.
  const isOurs = !name.startsWith('nodejs_');
  if (isOurs && (type === 'counter') !== name.endsWith('_total')) throw new Error(`${name} is a ${type}`);
  if (/_(ms|milliseconds|minutes)(_|$)/.test(name)) throw new Error(`${name} is not in a base unit`);
  if (type === 'histogram') checkBuckets(name, samples);
}

/** Buckets add up, and the last one holds everything. */
function checkBuckets(name: string, samples: readonly Sample[]): void {
  const without = (labels: Sample['labels']) =>
    JSON.stringify(Object.entries(labels).filter(([label]) => label !== 'le'));
  for (const { labels, value } of samples.filter((sample) => sample.name === `${name}_count`)) {
    const buckets = samples.filter(
      (sample) => sample.name === `${name}_bucket` && without(sample.labels) === without(labels),
    );
    const counts = buckets.map((bucket) => bucket.value);
    const adds = counts.every((count, index) => count >= (counts[index - 1] ?? 0));
    if (!adds || counts.at(-1) !== value || buckets.at(-1)?.labels['le'] !== '+Inf') {
      throw new Error(`${name} has buckets that do not add up`);
    }
  }
}

/** Asks a process for its metrics. */
export async function scrape(url: string): Promise<Scrape> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const text = await response.text();
  const families = parseExposition(text);
  return {
    text,
    families,
    value: (name, labels = {}) =>
      [...families.values()]
        .flatMap(({ samples }) => samples)
        .filter(
          (sample) =>
            sample.name === name &&
            Object.entries(labels).every(([label, wanted]) => sample.labels[label] === wanted),
        )
        .reduce((sum, sample) => sum + sample.value, 0),
  };
}

export interface Scrape {
  text: string;
  families: ReadonlyMap<string, MetricFamily>;
  /** The sum of all samples of that name that have these labels. */
  value: (name: string, labels?: Record<string, string>) => number;
}
