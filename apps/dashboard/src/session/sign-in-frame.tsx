import type { ReactNode } from 'react';
import { Brand } from '../app/brand.tsx';
import { ThemeSwitch } from '../app/theme-switch.tsx';
import { SignInForm } from './sign-in-form.tsx';

interface SignInFrameProps {
  title: string;
  children: ReactNode;
}

/** The sign-in form with what is said above it. */
export function SignInFrame({ title, children }: SignInFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 items-center justify-between px-4 sm:px-6">
        <Brand />
        <ThemeSwitch />
      </header>
      <main className="grid grow place-items-center px-4 pt-6 pb-24">
        <div className="w-full max-w-sm">
          <div className="rounded-2xl border border-line bg-surface p-6 shadow-card sm:p-8">
            <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
            <div className="mt-1.5 mb-6 text-[13px]/5 text-ink-muted">{children}</div>
            <SignInForm />
          </div>
          <p className="mt-4 px-6 text-center text-xs/5 text-balance text-ink-muted">
            The key is not kept in this browser. A session lasts 12 hours at most, and ends after 30 minutes
            without use.
          </p>
        </div>
      </main>
    </div>
  );
}
