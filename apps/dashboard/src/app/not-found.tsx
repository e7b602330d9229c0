import { Link } from '@tanstack/react-router';
import { useTitle } from './use-title.ts';

export function NotFound() {
  useTitle('Not found');
  return (
    <div className="py-24 text-center">
      <h1 id="page-title" tabIndex={-1} className="text-xl font-semibold">
        There is no such page
      </h1>
      <p className="mt-2 text-ink-muted">
        It may have moved. Go to{' '}
        <Link to="/" className="font-medium text-accent-ink underline underline-offset-2">
          the start
        </Link>
        .
      </p>
    </div>
  );
}
