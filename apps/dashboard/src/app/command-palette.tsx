import { Command as Cmdk } from 'cmdk';
import { Modal } from '../ui/modal.tsx';
import { type Command, useCommands } from './use-commands.ts';

interface CommandPaletteProps {
  onClose: () => void;
  onShowKeys: () => void;
}

/** Every page and everything that can be done, found by typing. */
export function CommandPalette({ onClose, onShowKeys }: CommandPaletteProps) {
  const commands = useCommands({ onShowKeys });
  const run = (command: Command) => {
    // The palette goes first, so that what comes has the focus to itself.
    onClose();
    command.run();
  };
  return (
    <Modal
      title="Go to or do…"
      onClose={onClose}
      className="mx-auto mt-[12dvh] mb-auto w-full max-w-[min(36rem,calc(100vw-2rem))] animate-rise overflow-hidden rounded-xl"
    >
      {(title) => (
        <Cmdk label="Commands" loop>
          <h2 {...title} className="sr-only" />
          <Cmdk.Input
            placeholder="Go to or do…"
            className="h-12 w-full border-b border-line bg-transparent px-4 text-base outline-none placeholder:text-ink-muted sm:text-sm"
          />
          <Cmdk.List className="max-h-[min(24rem,60dvh)] overflow-y-auto overscroll-contain p-1.5">
            <Cmdk.Empty className="px-3 py-8 text-center text-[13px] text-ink-muted">
              Nothing here has that name.
            </Cmdk.Empty>
            <Group heading="Go to" commands={commands.goTo} onRun={run} />
            <Group heading="Do" commands={commands.do} onRun={run} />
          </Cmdk.List>
        </Cmdk>
      )}
    </Modal>
  );
}

interface GroupProps {
  heading: string;
  commands: readonly Command[];
  onRun: (command: Command) => void;
}

function Group({ heading, commands, onRun }: GroupProps) {
  return (
    <Cmdk.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1.5 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-muted"
    >
      {commands.map((command) => (
        <Cmdk.Item
          key={command.name}
          onSelect={() => {
            onRun(command);
          }}
          className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 text-[13px] aria-selected:bg-hover"
        >
          <command.icon aria-hidden className="size-4 text-ink-muted" />
          {command.name}
        </Cmdk.Item>
      ))}
    </Cmdk.Group>
  );
}
