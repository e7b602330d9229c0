import { Component, type ReactNode } from 'react';
import { PageCrash } from './page-crash.tsx';

interface Props {
  children: ReactNode;
}

/** What is left when everything breaks. A class, because React has no other way to catch that. */
export class CrashScreen extends Component<Props, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    if (!this.state.crashed) return this.props.children;
    return (
      <main className="px-4 py-24">
        <PageCrash />
      </main>
    );
  }
}
