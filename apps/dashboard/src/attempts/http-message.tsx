import { ChevronRight } from 'lucide-react';
import { useId } from 'react';
import { counted } from '../lib/counted.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { prettyJson } from '../ui/pretty-json.ts';

interface HttpMessageProps {
  title: 'Request' | 'Response';
  /** What its first line says. */
  summary: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** The body was longer than what is kept. */
  truncated?: boolean;
}

/** One request or response: its headers on demand, its body for people to read. */
export function HttpMessage({ title, summary, headers, body, truncated = false }: HttpMessageProps) {
  const id = useId();
  const entries = Object.entries(headers);
  return (
    <section aria-labelledby={id} className="min-w-0">
      <div className="flex min-h-6 items-baseline gap-2">
        <h3 id={id} className="text-xs font-semibold">
          {title}
        </h3>
        <code className="min-w-0 grow font-mono text-xs wrap-anywhere text-ink-muted">{summary}</code>
        {body !== '' && <CopyButton text={body} what={`${title.toLowerCase()} body`} />}
      </div>
      <div className="mt-1 divide-y divide-line overflow-hidden rounded-lg border border-line bg-sunken">
        <details className="group">
          <summary className="flex min-h-9 cursor-pointer list-none items-center gap-1.5 px-3 text-xs font-medium text-ink-muted select-none hover:text-ink focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
            <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
            {counted(entries.length, 'header')}
          </summary>
          <dl className="grid gap-x-4 gap-y-1 px-3 pt-1 pb-3 font-mono text-xs/5 sm:grid-cols-[auto_minmax(0,1fr)]">
            {entries.map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="text-ink-muted">{name}</dt>
                <dd className="wrap-anywhere max-sm:mb-1">{value}</dd>
              </div>
            ))}
          </dl>
        </details>
        {body === '' ? (
          <p className="px-3 py-2 text-xs text-ink-muted">No body</p>
        ) : (
          <pre
            role="region"
            aria-label={`${title} body`}
            // It scrolls, and keys must be able to do that.
            tabIndex={0}
            className="max-h-80 overflow-auto px-3 py-2.5 font-mono text-xs/5 wrap-anywhere whitespace-pre-wrap focus-visible:-outline-offset-2"
          >
            {prettyJson(body)}
          </pre>
        )}
        {truncated && <p className="px-3 py-2 text-xs text-ink-muted">The rest was not kept.</p>}
      </div>
    </section>
  );
}
