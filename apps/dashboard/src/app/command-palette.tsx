import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Keyboard, LogOut, type LucideIcon, Monitor, Moon, Sun } from 'lucide-react';
import { useSignOut } from '../session/use-sign-out.ts';
import { Modal } from '../ui/modal.tsx';
import { usePages } from './pages.ts';
import { chooseTheme } from './theme.ts';
import { useLeave } from './unsaved-changes.tsx';

interface CommandPaletteProps {
  onClose: () => void;
  onShowKeys: () => void;
}

/** Every page and everything that can be done, found by typing. */
export function CommandPalette({ onClose, onShowKeys }: CommandPaletteProps) {
  const pages = usePages();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const leave = useLeave();
  /** The palette goes first, so that what comes has the focus to itself. */
  const doing = (action: () => unknown) => () => {
    onClose();
    action();
  };
  return (
    <Modal
      title="Go to or do…"
      onClose={onClose}
      className="mx-auto mt-[12dvh] mb-auto w-full max-w-[min(36rem,calc(100vw-2rem))] animate-rise overflow-hidden rounded-xl"
    >
      {(title) => (
        <Command label="Commands" loop>
          <h2 {...title} className="sr-only" />
          <Command.Input
            placeholder="Go to or do…"
            className="h-12 w-full border-b border-line bg-transparent px-4 text-base outline-none placeholder:text-ink-muted sm:text-sm"
          />
          <Command.List className="max-h-[min(24rem,60dvh)] overflow-y-auto overscroll-contain p-1.5">
            <Command.Empty className="px-3 py-8 text-center text-[13px] text-ink-muted">
              Nothing here has that name.
            </Command.Empty>
            <Group heading="Go to">
              {pages.map(({ to, name, icon }) => (
                <Item key={to} icon={icon} onSelect={doing(() => navigate({ to }))}>
                  {name}
                </Item>
              ))}
            </Group>
            <Group heading="Do">
              <Item
                icon={Sun}
                onSelect={doing(() => {
                  chooseTheme('light');
                })}
              >
                Use the light theme
              </Item>
              <Item
                icon={Moon}
                onSelect={doing(() => {
                  chooseTheme('dark');
                })}
              >
                Use the dark theme
              </Item>
              <Item
                icon={Monitor}
                onSelect={doing(() => {
                  chooseTheme('system');
                })}
              >
                Use the system’s theme
              </Item>
              <Item icon={Keyboard} onSelect={doing(onShowKeys)}>
                Show the keys
              </Item>
              <Item
                icon={LogOut}
                onSelect={doing(() => {
                  leave({ confirm: 'Discard and sign out', action: signOut });
                })}
              >
                Sign out
              </Item>
            </Group>
          </Command.List>
        </Command>
      )}
    </Modal>
  );
}

function Group({ heading, children }: { heading: string; children: React.ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-muted"
    >
      {children}
    </Command.Group>
  );
}

interface ItemProps {
  icon: LucideIcon;
  onSelect: () => void;
  children: string;
}

function Item({ icon: Icon, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      onSelect={onSelect}
      className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-[13px] aria-selected:bg-hover"
    >
      <Icon aria-hidden className="size-4 text-ink-muted" />
      {children}
    </Command.Item>
  );
}
