import { Button } from '../ui/button.tsx';

interface SaveBarProps {
  busy: boolean;
  onDiscard: () => void;
}

/** Stays in sight while there is something to save. */
export function SaveBar({ busy, onDiscard }: SaveBarProps) {
  return (
    <div
      role="region"
      aria-label="Unsaved changes"
      className="sticky bottom-18 z-10 flex lg:bottom-4 animate-rise items-center justify-between gap-3 rounded-xl bg-raised py-2.5 pr-2.5 pl-4 shadow-float"
    >
      <p className="flex items-center gap-2.5 text-[13px] font-medium">
        <span aria-hidden className="size-2 rounded-full bg-accent-ink" />
        Unsaved changes
      </p>
      <div className="flex gap-2">
        <Button look="ghost" onClick={onDiscard} disabled={busy}>
          Discard
        </Button>
        <Button type="submit" look="primary" busy={busy}>
          {busy ? 'Saving' : 'Save'}
        </Button>
      </div>
    </div>
  );
}
