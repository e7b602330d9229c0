import { CopyButton } from './copy-button.tsx';

/** The id to report a failure with. */
export function RequestId({ id }: { id: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1 text-xs text-ink-muted">
      <span>
        Request id <code className="font-mono break-all text-ink">{id}</code>
      </span>
      <CopyButton text={id} what="request id" />
    </span>
  );
}
