import type { AuditEntry, AuditTarget } from '@interview-webhooks/schema';
import { Link } from '@tanstack/react-router';
import { isolated } from '../lib/isolated.ts';
import { actorName } from '../settings/actor-name.ts';
import { ActIcon } from '../ui/act-icon.tsx';
import { Moment } from '../ui/moment.tsx';
import { textLink } from '../ui/text-link.ts';
import { actionWords } from './action-words.ts';

/** What somebody did, to what, and when. */
export function AuditItem({ entry: { action, actor, target, reason, created_at } }: { entry: AuditEntry }) {
  const { icon, title } = actionWords[action];
  return (
    <li className="flex gap-3.5 px-4 py-3 sm:px-5">
      <ActIcon icon={icon} />
      <div className="min-w-0 grow text-[13px]/5">
        <h2 className="flex flex-wrap gap-x-2 font-medium">
          {title}
          <span className="min-w-0 font-normal wrap-anywhere text-ink-muted">
            <Target target={target} />
          </span>
        </h2>
        <p className="text-xs/5 text-ink-muted">
          <Moment at={created_at} /> by {actorName(actor)}
        </p>
        {reason !== null && <p className="mt-1">{reason}</p>}
      </div>
    </li>
  );
}

function Target({ target: { type, id, name } }: { target: AuditTarget }) {
  switch (type) {
    case 'settings':
      return (
        <Link to="/settings/history" className={textLink}>
          revision {id}
        </Link>
      );
    case 'ai_interview':
      return (
        <Link to="/interviews/$id" params={{ id }} className={textLink}>
          {isolated(name ?? id)}
        </Link>
      );
    case 'delivery':
      return (
        <Link to="/deliveries/$deliveryId" params={{ deliveryId: id }} className={textLink}>
          {id}
        </Link>
      );
    case 'api_key':
    case 'endpoint':
    case 'response':
      return isolated(name ?? id);
    case 'redelivery':
    case 'workspace':
      // There is nothing to be seen under these ids.
      return null;
  }
}
