import { Search } from 'lucide-react';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { IconButton } from '../ui/icon-button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Modal } from '../ui/modal.tsx';
import { chunk } from './chunk.tsx';
import { COMMAND_KEY } from './keys.ts';
import { COMMANDS, PaletteWaiting } from './palette-waiting.tsx';
import { onPlainKey } from './use-page-keys.ts';

const CommandPalette = chunk(
  () => import('./command-palette.tsx').then((module) => module.CommandPalette),
  PaletteWaiting,
);
const KeyboardHelp = chunk(() => import('./keyboard-help.tsx').then((module) => module.KeyboardHelp));

type Shown = 'palette' | 'keys' | null;

const CommandMenuContext = createContext<((shown: Shown) => void) | null>(null);

/** The command palette and the list of keys, wherever one is. */
export function CommandMenu({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Shown>(null);
  useEffect(() => {
    const onKey = onPlainKey((key) => {
      if (key === '?') setShown('keys');
      return key === '?';
    });
    const listener = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.altKey) {
        onKey(event);
        return;
      }
      // Some browsers go to the address bar.
      event.preventDefault();
      setShown((current) => {
        if (current === 'palette') return null;
        return document.querySelector('dialog[open]') ? current : 'palette';
      });
    };
    document.addEventListener('keydown', listener);
    return () => {
      document.removeEventListener('keydown', listener);
    };
  }, []);
  const close = useMemo(
    () => () => {
      setShown(null);
    },
    [],
  );
  return (
    <CommandMenuContext value={setShown}>
      {children}
      {shown === 'palette' && (
        <PaletteDialog
          onClose={close}
          onShowKeys={() => {
            setShown('keys');
          }}
        />
      )}
      {shown === 'keys' && <KeyboardHelp onClose={close} />}
    </CommandMenuContext>
  );
}

interface PaletteDialogProps {
  onClose: () => void;
  onShowKeys: () => void;
}

/** Here at once, and takes what is typed, also while the palette itself is still loading. */
function PaletteDialog(props: PaletteDialogProps) {
  const [search, setSearch] = useState('');
  const [entered, setEntered] = useState(false);
  return (
    <Modal
      title={COMMANDS}
      onClose={props.onClose}
      focus="input"
      className="mx-auto mt-[12dvh] mb-auto w-full max-w-[min(36rem,calc(100vw-2rem))] animate-rise overflow-hidden rounded-xl"
    >
      {(title) => (
        <>
          <h2 {...title} className="sr-only" />
          <CommandPalette
            {...props}
            search={search}
            entered={entered}
            onSearch={(typed) => {
              setSearch(typed);
              setEntered(false);
            }}
            onEnter={() => {
              setEntered(true);
            }}
          />
        </>
      )}
    </Modal>
  );
}

export function CommandMenuButton({ compact = false }: { compact?: boolean }) {
  const show = use(CommandMenuContext);
  const button = {
    'aria-haspopup': 'dialog',
    onClick: () => show?.('palette'),
    onPointerEnter: CommandPalette.preload,
    onFocus: CommandPalette.preload,
  } as const;
  if (compact) {
    return (
      <IconButton label={COMMANDS} size="large" {...button}>
        <Search aria-hidden className="size-4.5" />
      </IconButton>
    );
  }
  return (
    <button
      type="button"
      {...button}
      className="flex h-8 items-center gap-2.5 rounded-md border border-line-strong bg-surface px-2.5 text-[13px] text-ink-muted shadow-card hover:border-control"
    >
      <Search aria-hidden className="size-4" />
      <span className="grow text-left">{COMMANDS}</span>
      <Kbd className="border-transparent bg-sunken">{COMMAND_KEY}</Kbd>
    </button>
  );
}
