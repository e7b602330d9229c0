import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

/** What is left of a page that broke, or whose code could not be loaded. */
export function PageCrash() {
  return (
    <Notice tone="danger" role="alert" title="This page stopped working" className="mx-auto max-w-lg">
      <p className="text-ink-muted">Nothing that was saved is lost. Loading the page again should mend it.</p>
      <Button
        className="mt-2.5"
        onClick={() => {
          window.location.reload();
        }}
      >
        Reload
      </Button>
    </Notice>
  );
}
