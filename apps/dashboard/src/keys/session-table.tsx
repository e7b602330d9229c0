import type { OpenSession } from '@interview-webhooks/schema';
import { MonitorCheck } from 'lucide-react';
import { isolated } from '../lib/isolated.ts';
import { Button } from '../ui/button.tsx';
import { Moment } from '../ui/moment.tsx';
import { Pill } from '../ui/pill.tsx';
import { Cell, Row, Table } from '../ui/table.tsx';
import { browserName } from './browser-name.ts';

const columns = [
  { name: 'Browser' },
  { name: 'Address', className: 'max-md:hidden' },
  { name: 'API key', className: 'max-lg:hidden' },
  { name: 'Started', className: 'max-lg:hidden' },
  { name: 'Last seen', className: 'max-sm:hidden' },
  { name: 'Actions', silent: true },
] as const;

interface SessionTableProps {
  sessions: readonly OpenSession[];
  onEnd: (session: OpenSession) => void;
}

export function SessionTable({ sessions, onEnd }: SessionTableProps) {
  return (
    <Table label="Sessions" columns={columns}>
      {sessions.map((session) => (
        <SessionRow
          key={session.session_id}
          session={session}
          onEnd={() => {
            onEnd(session);
          }}
        />
      ))}
    </Table>
  );
}

function SessionRow({ session, onEnd }: { session: OpenSession; onEnd: () => void }) {
  const { user_agent: userAgent, address, created_at: startedAt, last_seen_at: lastSeenAt } = session;
  const browser = browserName(userAgent);
  return (
    <Row>
      <Cell>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <p
            className="font-medium wrap-anywhere"
            title={userAgent === null ? undefined : isolated(userAgent)}
          >
            {browser}
          </p>
          {session.current && (
            <Pill tone="info" icon={MonitorCheck}>
              This browser
            </Pill>
          )}
        </div>
        <div className="text-xs/5 text-ink-muted lg:hidden">
          <p className="wrap-anywhere md:hidden">{address ?? 'Unknown address'}</p>
          <KeyName session={session} />
          <p>
            Started <Moment at={startedAt} />
          </p>
          <p className="sm:hidden">
            Last seen <Moment at={lastSeenAt} />
          </p>
        </div>
      </Cell>
      <Cell className="wrap-anywhere text-ink-muted max-md:hidden">{address ?? 'Unknown'}</Cell>
      <Cell className="text-ink-muted max-lg:hidden">
        <KeyName session={session} />
      </Cell>
      <Cell className="text-ink-muted max-lg:hidden">
        <Moment at={startedAt} />
      </Cell>
      <Cell className="text-ink-muted max-sm:hidden">
        <Moment at={lastSeenAt} />
      </Cell>
      <Cell className="text-right">
        <Button
          look="ghost"
          size="small"
          aria-label={`End the session of ${browser} at ${address ?? 'an unknown address'}`}
          className="-mr-2.5"
          onClick={onEnd}
        >
          End
        </Button>
      </Cell>
    </Row>
  );
}

function KeyName({ session: { api_key: key } }: { session: OpenSession }) {
  return (
    <p className="flex flex-wrap gap-x-2">
      <span className="wrap-anywhere">{isolated(key.name)}</span>
      <code className="font-mono text-xs/5">{key.prefix}…</code>
    </p>
  );
}
