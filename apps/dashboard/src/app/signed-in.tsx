import { type ComponentProps, useEffect, useState } from 'react';
import type { Shell } from './shell.tsx';

// Asked for at once, not only when the server has said who is signed in; the sign-in page does not wait for it.
const loading = import('./shell.tsx');

type Loaded = { shell: { Shell: typeof Shell } } | { error: unknown };

/**
 * The shell with its pages, once its code is here. Not `lazy`: what suspended React holds back for 300 ms, also
 * when it was there all the time.
 *
 * @throws whatever kept it from loading
 */
export function SignedIn(props: ComponentProps<typeof Shell>) {
  const [loaded, setLoaded] = useState<Loaded>();
  useEffect(() => {
    loading.then(
      (shell) => {
        setLoaded({ shell });
      },
      (error: unknown) => {
        setLoaded({ error });
      },
    );
  }, []);
  if (!loaded) return null;
  if ('error' in loaded) throw loaded.error;
  return <loaded.shell.Shell {...props} />;
}
