export interface CommandPaletteProps {
  /** What has been typed. */
  search: string;
  onSearch: (search: string) => void;
  /** Enter was pressed before the commands were there. */
  entered: boolean;
  onEnter: () => void;
  onClose: () => void;
  onShowKeys: () => void;
}

export const COMMANDS = 'Go to or do…';

export const SEARCH_LOOK =
  'h-12 w-full border-b border-line bg-transparent px-4 text-base outline-none placeholder:text-ink-muted sm:text-sm';

/** The palette until its code is there: one can type already. */
export function PaletteWaiting({ search, onSearch, onEnter }: CommandPaletteProps) {
  return (
    <>
      <input
        type="text"
        aria-label="Commands"
        autoComplete="off"
        spellCheck={false}
        placeholder={COMMANDS}
        value={search}
        onChange={({ target }) => {
          onSearch(target.value);
        }}
        onKeyDown={(event) => {
          // An Enter that ends the composing of a letter is none.
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) onEnter();
        }}
        className={SEARCH_LOOK}
      />
      <p role="status" className="px-4 py-3 text-[13px] text-ink-muted">
        Loading the commands…
      </p>
    </>
  );
}
