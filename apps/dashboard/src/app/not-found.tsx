import { HOME_PATH } from './paths.ts';
import { useTitle } from './use-title.ts';

export function NotFound() {
  useTitle('Not found');
  return (
    <div className="py-24 text-center">
      <h1 className="text-xl font-semibold">There is no such page</h1>
      <p className="mt-2 text-ink-muted">
        It may have moved. Go to{' '}
        <a href={HOME_PATH} className="font-medium text-accent-ink underline underline-offset-2">
          the settings
        </a>
        .
      </p>
    </div>
  );
}
