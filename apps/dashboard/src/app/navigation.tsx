import type { MouseEvent } from 'react';
import { cx } from '../ui/cx.ts';
import { pages } from './pages.tsx';
import { navigate } from './path.ts';
import { useLeave } from './unsaved-changes.tsx';

export function Navigation({ path: current }: { path: string }) {
  const leave = useLeave();
  const go = (event: MouseEvent, path: string) => {
    // Ctrl and the like open another window, which is the browser's business.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (path === current) return;
    leave({
      confirm: 'Discard and leave',
      action: () => {
        navigate(path);
      },
    });
  };
  return (
    <nav
      aria-label="Main"
      className="col-span-3 -mx-2 flex gap-1 overflow-x-auto sm:col-span-1 sm:mx-0 sm:self-stretch"
    >
      {pages.map(({ path, name }) => (
        <a
          key={path}
          href={path}
          aria-current={path === current ? 'page' : undefined}
          onClick={(event) => {
            go(event, path);
          }}
          className={cx(
            'relative flex h-10 items-center px-2 text-[13px] font-medium transition-colors outline-offset-[-4px] sm:h-auto',
            path === current
              ? 'text-ink after:absolute after:inset-x-2 after:-bottom-px after:h-0.5 after:rounded-full after:bg-accent-ink'
              : 'text-ink-muted hover:text-ink',
          )}
        >
          {name}
        </a>
      ))}
    </nav>
  );
}
