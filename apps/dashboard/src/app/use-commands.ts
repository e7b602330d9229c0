import { useNavigate } from '@tanstack/react-router';
import { Keyboard, KeyRound, LogOut, type LucideIcon, Monitor, Moon, Plus, Sun } from 'lucide-react';
import { useScope } from '../session/session-context.ts';
import { useSignOut } from '../session/use-sign-out.ts';
import { usePages } from './pages.ts';
import { chooseTheme, type Theme } from './theme.ts';
import { useLeave } from './unsaved-changes.tsx';

export interface Command {
  name: string;
  icon: LucideIcon;
  run: () => unknown;
}

const themes: readonly { theme: Theme; name: string; icon: LucideIcon }[] = [
  { theme: 'light', name: 'Use the light theme', icon: Sun },
  { theme: 'dark', name: 'Use the dark theme', icon: Moon },
  { theme: 'system', name: 'Use the system’s theme', icon: Monitor },
];

/** Where one can go and what one can do, with the key one is signed in with. */
export function useCommands({ onShowKeys }: { onShowKeys: () => void }): Record<'goTo' | 'do', Command[]> {
  const pages = usePages();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const leave = useLeave();
  const creating: (Command & { allowed: boolean })[] = [
    {
      name: 'New AI interview',
      icon: Plus,
      allowed: useScope('interviews:write'),
      run: () => navigate({ to: '/interviews', search: { dialog: 'create' } }),
    },
    {
      name: 'Create an API key',
      icon: KeyRound,
      allowed: useScope('keys:manage'),
      run: () => navigate({ to: '/keys', search: { dialog: 'create' } }),
    },
  ];
  return {
    goTo: pages.map(({ to, name, icon }) => ({ name, icon, run: () => navigate({ to }) })),
    do: [
      ...creating.filter(({ allowed }) => allowed),
      ...themes.map(({ theme, name, icon }) => ({
        name,
        icon,
        run: () => {
          chooseTheme(theme);
        },
      })),
      { name: 'Show the keys', icon: Keyboard, run: onShowKeys },
      {
        name: 'Sign out',
        icon: LogOut,
        run: () => {
          leave({ confirm: 'Discard and sign out', action: signOut });
        },
      },
    ],
  };
}
