import type { ApiKey } from '@interview-webhooks/schema';
import { CircleCheck, CircleSlash, Clock, TimerOff } from 'lucide-react';
import { isolated } from '../lib/isolated.ts';
import { useNow } from '../lib/use-now.ts';
import { useSession } from '../session/session-context.ts';
import { Button } from '../ui/button.tsx';
import { Moment } from '../ui/moment.tsx';
import { Pill } from '../ui/pill.tsx';
import { Cell, Row, Table } from '../ui/table.tsx';
import { keyStatus, type KeyStatus } from './expiry.ts';
import { scopesSummary } from './scopes.ts';

const columns = [
  { name: 'Name' },
  { name: 'Scopes', className: 'max-lg:hidden' },
  { name: 'Created', className: 'max-xl:hidden' },
  { name: 'Last used', className: 'max-md:hidden' },
  { name: 'Expires', className: 'max-md:hidden' },
  { name: 'Status', className: 'max-sm:hidden' },
  { name: 'Actions', silent: true },
] as const;

interface KeyTableProps {
  keys: readonly ApiKey[];
  onRevoke: (key: ApiKey) => void;
}

export function KeyTable({ keys, onRevoke }: KeyTableProps) {
  return (
    <Table label="API keys" columns={columns}>
      {keys.map((key) => (
        <KeyRow
          key={key.api_key_id}
          apiKey={key}
          onRevoke={() => {
            onRevoke(key);
          }}
        />
      ))}
    </Table>
  );
}

function KeyRow({ apiKey: key, onRevoke }: { apiKey: ApiKey; onRevoke: () => void }) {
  const { session } = useSession();
  const status = keyStatus(key, useNow());
  const over = status === 'revoked' || status === 'expired';
  return (
    <Row>
      <Cell className={over ? 'text-ink-muted' : undefined}>
        <p className="font-medium wrap-anywhere">{isolated(key.name)}</p>
        <p className="flex flex-wrap gap-x-2 text-xs/5 text-ink-muted">
          <code className="font-mono">{key.prefix}…</code>
          {key.created_by !== null && (
            <span className="wrap-anywhere">by {isolated(key.created_by.name)}</span>
          )}
          {key.prefix === session?.api_key.prefix && <span>signed in with it</span>}
        </p>
        <div className="mt-1 sm:hidden">
          <StatusPill status={status} />
        </div>
      </Cell>
      <Cell className="max-w-72 text-ink-muted max-lg:hidden">{scopesSummary(key.scopes)}</Cell>
      <Cell className="text-ink-muted max-xl:hidden">
        <Moment at={key.created_at} />
      </Cell>
      <Cell className="text-ink-muted max-md:hidden">
        {key.last_used_at === null ? 'Never' : <Moment at={key.last_used_at} />}
      </Cell>
      <Cell className="text-ink-muted max-md:hidden">
        {key.expires_at === null ? 'Never' : <Moment at={key.expires_at} />}
      </Cell>
      <Cell className="max-sm:hidden">
        <StatusPill status={status} />
      </Cell>
      <Cell className="text-right">
        {!over && (
          <Button
            look="ghost"
            size="small"
            aria-label={`Revoke ${isolated(key.name)}`}
            className="-mr-2.5"
            onClick={onRevoke}
          >
            Revoke
          </Button>
        )}
      </Cell>
    </Row>
  );
}

const looks = {
  active: { tone: 'ok', icon: CircleCheck, name: 'Active' },
  expiring: { tone: 'warn', icon: Clock, name: 'Expires soon' },
  expired: { tone: 'neutral', icon: TimerOff, name: 'Expired' },
  revoked: { tone: 'neutral', icon: CircleSlash, name: 'Revoked' },
} as const;

function StatusPill({ status }: { status: KeyStatus }) {
  const { tone, icon, name } = looks[status];
  return (
    <Pill tone={tone} icon={icon}>
      {name}
    </Pill>
  );
}
