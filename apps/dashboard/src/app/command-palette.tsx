import { Command as Cmdk, defaultFilter } from 'cmdk';
import { useEffect, useEffectEvent } from 'react';
import { COMMANDS, type CommandPaletteProps, SEARCH_LOOK } from './palette-waiting.tsx';
import { type Command, useCommands } from './use-commands.ts';

/** Every page and everything that can be done, found by typing. */
export function CommandPalette({ search, onSearch, entered, onClose, onShowKeys }: CommandPaletteProps) {
  const commands = useCommands({ onShowKeys });
  const run = (command: Command) => {
    // The palette goes first, so that what comes has the focus to itself.
    onClose();
    command.run();
  };
  const runBest = useEffectEvent(() => {
    const best = bestMatch([...commands.goTo, ...commands.do], search);
    if (best) run(best);
  });
  useEffect(() => {
    if (entered) runBest();
  }, [entered]);
  return (
    <Cmdk label="Commands" loop>
      <Cmdk.Input
        // In the same step in which the field before it goes, so that no letter falls between them.
        autoFocus
        placeholder={COMMANDS}
        value={search}
        onValueChange={onSearch}
        className={SEARCH_LOOK}
      />
      <Cmdk.List className="max-h-[min(24rem,60dvh)] overflow-y-auto overscroll-contain p-1.5">
        <Cmdk.Empty className="px-3 py-8 text-center text-[13px] text-ink-muted">
          Nothing here has that name.
        </Cmdk.Empty>
        <Group heading="Go to" commands={commands.goTo} onRun={run} />
        <Group heading="Do" commands={commands.do} onRun={run} />
      </Cmdk.List>
    </Cmdk>
  );
}

/** What is at the top of the list for `search`. */
function bestMatch(commands: readonly Command[], search: string): Command | undefined {
  const scored = commands.map((command) => ({ command, score: defaultFilter(command.name, search) }));
  const best = Math.max(...scored.map(({ score }) => score));
  return best > 0 ? scored.find(({ score }) => score === best)?.command : undefined;
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
