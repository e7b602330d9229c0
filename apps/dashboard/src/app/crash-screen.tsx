import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';

interface Props {
  children: ReactNode;
}

/** What is left when a page breaks. A class, because React has no other way to catch that. */
export class CrashScreen extends Component<Props, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return (
      <main className="mx-auto max-w-lg px-4 py-24">
        <Notice tone="danger" role="alert" title="This page stopped working">
          <p className="text-ink-muted">
            Nothing that was saved is lost. Loading the page again should mend it.
          </p>
          <Button
            className="mt-2.5"
            onClick={() => {
              window.location.reload();
            }}
          >
            Reload
          </Button>
        </Notice>
      </main>
    );
  }
}
