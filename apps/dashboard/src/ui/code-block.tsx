import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';

interface CodeBlockProps {
  /** What it is, in a sentence: `payload of the start webhook`. */
  what: string;
  /** What is copied. */
  text: string;
  /** The same, where it is shown in colours. */
  children?: ReactNode;
}

/** Text to be read line by line, and copied. */
export function CodeBlock({ what, text, children = text }: CodeBlockProps) {
  return (
    <div className="relative min-w-0">
      <pre
        role="region"
        aria-label={what}
        // It scrolls, and keys must be able to do that.
        tabIndex={0}
        className="max-h-128 overflow-auto overscroll-contain rounded-xl border border-line bg-sunken py-3.5 pr-12 pl-4 font-mono text-xs/5 focus-visible:-outline-offset-2"
      >
        {children}
      </pre>
      <span className="absolute top-2.5 right-3 rounded-md bg-surface shadow-segment">
        <CopyButton text={text} what={what} />
      </span>
    </div>
  );
}
