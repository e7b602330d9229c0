import type { Session } from '@interview-webhooks/schema';
import { ChevronDown, LogOut } from 'lucide-react';
import { useId, useRef } from 'react';
import { ThemeSwitch } from '../app/theme-switch.tsx';
import { useLeave } from '../app/unsaved-changes.tsx';
import { Button } from '../ui/button.tsx';
import { useSignOut } from './use-sign-out.ts';

/**
 * Who is signed in, the theme, and the way out. The platform's popover: it closes on Escape and on a press
 * outside, and gives the focus back.
 */
export function AccountMenu({ session }: { session: Session }) {
  const { workspace, api_key: key } = session;
  const signOut = useSignOut();
  const leave = useLeave();
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={`Account: ${workspace.name}`}
        className="flex h-9 items-center gap-1.5 rounded-lg px-1.5 text-[13px] font-medium hover:bg-hover sm:-mr-2.5 sm:px-2.5"
      >
        <span className="hidden max-w-48 truncate sm:block">{workspace.name}</span>
        <span
          aria-hidden
          className="grid size-7 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-ink uppercase sm:hidden"
        >
          {workspace.name.slice(0, 1)}
        </span>
        <ChevronDown aria-hidden className="hidden size-3.5 text-ink-muted sm:block" />
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="group"
        aria-label="Account"
        className="inset-auto top-13 right-[max(1rem,calc(50vw-32rem+1.5rem))] w-72 max-w-[calc(100vw-2rem)] rounded-xl bg-raised text-ink shadow-float open:animate-rise"
      >
        <div className="px-4 pt-3.5 pb-3">
          <p className="truncate text-sm font-semibold">{workspace.name}</p>
          <p className="mt-1 flex items-baseline gap-2 text-xs text-ink-muted">
            <span className="truncate">{key.name}</span>
            <code className="shrink-0 font-mono">{key.prefix}…</code>
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
            className="w-full justify-start gap-2.5 px-2.5"
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
    </>
  );
}
