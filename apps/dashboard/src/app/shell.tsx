import type { Session } from '@interview-webhooks/schema';
import { AccountMenu } from '../session/account-menu.tsx';
import { Brand } from './brand.tsx';
import { Navigation } from './navigation.tsx';
import { NotFound } from './not-found.tsx';
import { HOME_PATH, SIGN_IN_PATH } from './paths.ts';
import { pages } from './pages.tsx';

import { UnsavedChangesProvider } from './unsaved-changes.tsx';

interface ShellProps {
  session: Session;
  path: string;
}

/** What surrounds every page of who is signed in. */
export function Shell({ session, path }: ShellProps) {
  // For the moment until the address is put right.
  const wanted = path === '/' || path === SIGN_IN_PATH ? HOME_PATH : path;
  const page = pages.find((candidate) => candidate.path === wanted);
  return (
    <UnsavedChangesProvider>
      <a
        href="#main"
        className="sr-only z-50 rounded-lg bg-accent text-[13px] font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      <header className="sticky top-0 z-20 border-b border-line bg-canvas/90 backdrop-blur-md">
        <div className="mx-auto grid max-w-5xl grid-cols-[auto_1fr_auto] items-center gap-x-6 px-4 sm:h-14 sm:px-6">
          <div className="flex h-13 items-center sm:h-auto">
            <Brand />
          </div>
          <Navigation path={wanted} />
          <div className="col-start-3 row-start-1 flex items-center">
            <AccountMenu session={session} />
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto max-w-5xl px-4 pt-8 pb-16 sm:px-6 sm:pt-10">
        {page ? <page.Content /> : <NotFound />}
      </main>
    </UnsavedChangesProvider>
  );
}
