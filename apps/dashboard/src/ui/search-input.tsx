import { Search } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { Kbd } from './kbd.tsx';

/** Between the last letter and the search. */
const PAUSE_MS = 200;

interface SearchInputProps {
  label: string;
  /** What is searched for now; it may change from elsewhere, by going back for one. */
  value: string;
  onSearch: (text: string) => void;
}

/** Searches while one types. `/` leads here. */
export function SearchInput({ label, value, onSearch }: SearchInputProps) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    setText(value);
  }
  const search = useEffectEvent(() => {
    setKnown(text);
    onSearch(text);
  });
  useEffect(() => {
    if (text === known) return undefined;
    const timer = setTimeout(search, PAUSE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [text, known]);
  return (
    <div className="relative w-full sm:max-w-xs">
      <Search
        aria-hidden
        className="pointer-events-none absolute inset-y-0 left-3 my-auto size-4 text-ink-muted"
      />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        className="peer control pr-9 pl-9 [&::-webkit-search-cancel-button]:hidden"
      />
      <span
        aria-hidden
        className="pointer-events-none absolute inset-y-0 right-2.5 grid place-items-center peer-focus:hidden max-lg:hidden"
      >
        <Kbd>/</Kbd>
      </span>
    </div>
  );
}
