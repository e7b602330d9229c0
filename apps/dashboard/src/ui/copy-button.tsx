import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from './icon-button.tsx';

/** Whether `text` is in the clipboard now, and how to get it there. */
export function useCopy(text: string): { copied: boolean; copy: () => void } {
  const [copied, setCopied] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
    } catch {
      // Without the right to the clipboard (plain http, for one) the text is still there to select.
      setCopied('');
    }
  };
  return { copied: copied === text, copy: () => void copy() };
}

interface CopyButtonProps {
  text: string;
  /** What it is, in a sentence: `request id`. */
  what: string;
}

export function CopyButton({ text, what }: CopyButtonProps) {
  const { copied, copy } = useCopy(text);
  return (
    <IconButton
      label={copied ? 'Copied' : `Copy ${what}`}
      onClick={copy}
      size="small"
      className="relative z-1"
    >
      {copied ? (
        <Check aria-hidden className="size-3.5 text-ok" />
      ) : (
        <Copy aria-hidden className="size-3.5" />
      )}
    </IconButton>
  );
}
