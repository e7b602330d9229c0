import { Outlet } from '@tanstack/react-router';
import { AccountButton, AccountPanel } from '../session/account-menu.tsx';
import { Brand } from './brand.tsx';
import { CommandMenu, CommandMenuButton } from './command-menu.tsx';
import { SideNavigation, TabNavigation } from './navigation.tsx';
import { UnsavedChangesProvider } from './unsaved-changes.tsx';
import { useFocusOnArrival } from './use-focus-on-arrival.ts';
import { usePageKeys } from './use-page-keys.ts';

/** What surrounds every page of who is signed in. */
export function Shell() {
  useFocusOnArrival();
  usePageKeys();
  return (
    <UnsavedChangesProvider>
      <CommandMenu>
        <a
          href="#main"
          className="sr-only z-50 rounded-lg bg-accent text-[13px] font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:px-3 focus:py-2"
        >
          Skip to content
        </a>
        <div className="lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
          <header className="sticky top-0 z-20 border-line bg-canvas/95 backdrop-blur-md max-lg:border-b lg:h-dvh lg:border-r lg:bg-rail">
            <div className="flex h-13 items-center gap-1 px-4 lg:hidden">
              <Brand />
              <span className="grow" />
              <CommandMenuButton compact />
              <AccountButton compact />
            </div>
            <div className="flex h-full flex-col gap-4 px-3 pt-4 pb-3 max-lg:hidden">
              <div className="px-1.5">
                <Brand />
              </div>
              <CommandMenuButton />
              <SideNavigation />
              <span className="grow" />
              <AccountButton />
            </div>
            <AccountPanel />
          </header>
          <main id="main" tabIndex={-1} className="min-w-0 px-4 pt-6 pb-28 sm:px-6 lg:px-10 lg:pt-9 lg:pb-16">
            <Outlet />
          </main>
        </div>
        <TabNavigation />
      </CommandMenu>
    </UnsavedChangesProvider>
  );
}
