import type {
  RevisionAction,
  WebhookSettingsRevision,
  WebhookSettingsView,
} from '@interview-webhooks/schema';
import { Ear, Eye, History, KeyRound, type LucideIcon, PenLine, PowerOff } from 'lucide-react';
import { ActIcon } from '../../ui/act-icon.tsx';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { actorName } from '../actor-name.ts';
import { ChangeList } from './change-list.tsx';
import { difference, onlyReplacedSecret } from './difference.ts';

const actions: Record<RevisionAction, { icon: LucideIcon; title: string }> = {
  updated: { icon: PenLine, title: 'Changed' },
  restored: { icon: History, title: 'Restored' },
  disabled: { icon: PowerOff, title: 'Switched off' },
  listened: { icon: Ear, title: 'Listening to the requests' },
  'secret-revealed': { icon: Eye, title: 'Signing secret revealed' },
  'secret-rotated': { icon: KeyRound, title: 'Signing secret rotated' },
};

const parts = { start: 'start', submission: 'submission', auth: 'authentication' };

interface RevisionEntryProps {
  entry: WebhookSettingsRevision;
  /** The settings before it. */
  before: WebhookSettingsView;
  /** Its settings are those of now. */
  current: boolean;
  /** Undefined where nobody here may. */
  onRestore: (() => void) | undefined;
}

/** What somebody did to the settings, and when. */
export function RevisionEntry({ entry, before, current, onRestore }: RevisionEntryProps) {
  const { revision, action, reason, updated_all, restored_from, actor, created_at } = entry;
  const { icon, title } = actions[action];
  const changes = difference(before, entry);
  return (
    <li className="flex gap-3.5 px-4 py-4 sm:px-5">
      <ActIcon icon={icon} />
      <div className="min-w-0 grow">
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div className="min-w-0">
            <h2 className="text-[13px]/5 font-medium">
              {title}
              {restored_from !== null && ` from revision ${restored_from}`}
              {current && (
                <span className="ml-2 rounded-full bg-ok-soft px-2 py-0.5 text-xs font-medium text-ok">
                  In effect
                </span>
              )}
            </h2>
            <p className="text-xs/5 text-ink-muted">
              Revision {revision}, <Moment at={created_at} /> by {actorName(actor)}
            </p>
          </div>
          {onRestore && !current && (
            <Button className="sm:h-8" aria-label={`Restore revision ${revision}`} onClick={onRestore}>
              Restore…
            </Button>
          )}
        </div>
        <div className="mt-2 grid gap-1.5 text-[13px]/5 empty:hidden">
          {reason !== null && <p>{reason}</p>}
          {changes.length > 0 && <ChangeList changes={changes} />}
          {onlyReplacedSecret(entry, changes) && (
            <p className="text-ink-muted">Another password or API key was stored.</p>
          )}
          {updated_all.length > 0 && (
            <p className="text-ink-muted">
              Applied to all AI interviews: {updated_all.map((part) => parts[part]).join(', ')}
            </p>
          )}
        </div>
      </div>
    </li>
  );
}
