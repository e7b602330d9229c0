import { exampleEvents } from '@interview-webhooks/schema';
import { useTitle } from '../../app/use-title.ts';
import { trpc } from '../../lib/trpc.ts';
import { JsonBlock } from '../../ui/json-block.tsx';
import { Card, Section } from '../../ui/section.tsx';
import { sentHeaders } from './sent-headers.ts';

/** What receivers get: the headers of every request, and an example of both bodies. */
export function PayloadsPage() {
  useTitle('Payloads');
  const settings = trpc.settings.webhookSettings.useQuery();
  return (
    <div className="mt-8 divide-y divide-line">
      <Section title="Headers" description="Every request carries these, whatever it tells.">
        <Card>
          <dl className="divide-y divide-line text-[13px]/5">
            {sentHeaders(settings.data?.webhooks.auth).map(({ name, value, about }) => (
              <div key={name} className="px-4 py-2.5 sm:px-5">
                <dt className="font-mono text-xs/5 wrap-anywhere">
                  <span className="font-semibold">{name}</span>
                  <span className="text-ink-muted">: {value}</span>
                </dt>
                {about !== undefined && <dd className="text-ink-muted">{about}</dd>}
              </div>
            ))}
          </dl>
        </Card>
      </Section>
      <Section
        title="Start"
        description="Sent to the start URL when a candidate starts. New fields may come; none is renamed or removed within a version."
      >
        <JsonBlock what="payload of the start webhook" value={exampleEvents.start} />
      </Section>
      <Section
        title="Submission"
        description="Sent to the submission URL when a candidate submits, with the result as far as it is known by then."
      >
        <JsonBlock what="payload of the submission webhook" value={exampleEvents.submission} />
      </Section>
    </div>
  );
}
