import { ChevronsUpDown, LogOut } from 'lucide-react';
import { useRef } from 'react';
import { ThemeSwitch } from '../app/theme-switch.tsx';
import { useLeave } from '../app/unsaved-changes.tsx';
import { isolated } from '../lib/isolated.ts';
import { Button } from '../ui/button.tsx';
import { useSession } from './session-context.ts';
import { useSignOut } from './use-sign-out.ts';

const PANEL = 'account';

function useAccount() {
  const { session, ended } = useSession();
  return session ?? ended;
}

/** Opens {@link AccountPanel}. */
export function AccountButton({ compact = false }: { compact?: boolean }) {
  const name = useAccount()?.workspace.name ?? '';
  const initial = (
    <span
      aria-hidden
      className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-ink uppercase"
    >
      {name.slice(0, 1)}
    </span>
  );
  return (
    <button
      type="button"
      popoverTarget={PANEL}
      className={
        compact
          ? 'grid size-10 place-items-center rounded-lg hover:bg-hover'
          : 'flex h-11 w-full items-center gap-2.5 rounded-lg px-1.5 text-left text-[13px] font-medium hover:bg-hover'
      }
    >
      {initial}
      <span className="sr-only">Account: </span>
      <span className={compact ? 'sr-only' : 'grow truncate'}>{isolated(name)}</span>
      {!compact && <ChevronsUpDown aria-hidden className="size-3.5 text-ink-muted" />}
    </button>
  );
}

/**
 * Who is signed in, the theme, and the way out. The platform's popover: it closes on Escape and on a press
 * outside, and gives the focus back.
 */
export function AccountPanel() {
  const account = useAccount();
  const signOut = useSignOut();
  const leave = useLeave();
  const panel = useRef<HTMLDivElement>(null);
  return (
    <div
      ref={panel}
      id={PANEL}
      popover="auto"
      role="group"
      aria-label="Account"
      className="inset-auto top-13 right-4 w-72 max-w-[calc(100vw-2rem)] rounded-xl bg-raised text-ink shadow-float open:animate-rise lg:top-auto lg:right-auto lg:bottom-16 lg:left-3"
    >
      <div className="px-4 pt-3.5 pb-3">
        <p className="truncate text-sm font-semibold">{isolated(account?.workspace.name ?? '')}</p>
        <p className="mt-1 flex items-baseline gap-2 text-xs text-ink-muted">
          <span className="truncate">{isolated(account?.api_key.name ?? '')}</span>
          <code className="shrink-0 font-mono">{account?.api_key.prefix}…</code>
        </p>
      </div>
      <div className="flex items-center justify-between border-t border-line py-2.5 pr-2.5 pl-4">
        <span aria-hidden className="text-[13px]">
          Theme
        </span>
        <ThemeSwitch />
      </div>
      <div className="border-t border-line p-1.5">
        <Button
          look="ghost"
          size="small"
          className="w-full justify-start gap-2.5"
          onClick={() => {
            panel.current?.hidePopover();
            leave({ confirm: 'Discard and sign out', action: signOut });
          }}
        >
          <LogOut aria-hidden className="size-4" />
          Sign out
        </Button>
      </div>
    </div>
  );
}
