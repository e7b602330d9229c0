import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from './icon-button.tsx';

/** The id to report a failure with. */
export function RequestId({ id }: { id: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(id);
      setCopied(true);
    } catch {
      // Without the right to the clipboard (plain http, for one) the id is still there to select.
      setCopied(false);
    }
  };
  return (
    <span className="inline-flex max-w-full items-center gap-1 text-xs text-ink-muted">
      <span>
        Request id <code className="font-mono break-all text-ink">{id}</code>
      </span>
      <IconButton
        label={copied ? 'Copied' : 'Copy request id'}
        onClick={() => void copy()}
        className="size-6"
      >
        {copied ? (
          <Check aria-hidden className="size-3.5 text-ok" />
        ) : (
          <Copy aria-hidden className="size-3.5" />
        )}
      </IconButton>
    </span>
  );
}
