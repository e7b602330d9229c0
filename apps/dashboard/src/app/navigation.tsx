import { Link } from '@tanstack/react-router';
import { usePages } from './pages.ts';

/** Beside the page. */
export function SideNavigation() {
  return (
    <nav aria-label="Main" className="grid gap-0.5">
      {usePages().map(({ to, name, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          className="flex h-8 items-center gap-2.5 rounded-md px-2.5 text-[13px] font-medium text-ink-muted transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-selected aria-[current=page]:text-ink"
        >
          <Icon aria-hidden className="size-4" />
          {name}
        </Link>
      ))}
    </nav>
  );
}

/** So many there is room for; what comes after them is found in the command palette, too. */
const MAX_TABS = 6;

/** At the bottom of small screens, where the thumb is. */
export function TabNavigation() {
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 grid auto-cols-fr grid-flow-col border-t border-line bg-canvas/95 pb-[env(safe-area-inset-bottom)] backdrop-blur-md lg:hidden"
    >
      {usePages()
        .slice(0, MAX_TABS)
        .map(({ to, shortName, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            className="flex h-14 flex-col items-center justify-center gap-1 text-[11px] font-medium text-ink-muted outline-offset-[-4px] aria-[current=page]:text-accent-ink"
          >
            <Icon aria-hidden className="size-5" />
            {shortName}
          </Link>
        ))}
    </nav>
  );
}
