import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

type Loaded<Props> = { component: ComponentType<Props> } | { error: unknown };

interface Chunk<Props> {
  (props: Props): ReactNode;
  /** Asks for the code before it is shown. */
  preload: () => void;
}

/**
 * A component whose code is in a file of its own. Not `lazy`: what suspended React holds back for 300 ms, also
 * when it was there all the time.
 *
 * @param Waiting what is shown until the code is there
 * @throws when rendered, whatever kept the code from loading
 */
export function chunk<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Waiting?: ComponentType<Props>,
): Chunk<Props> {
  let loading: Promise<Loaded<Props>> | undefined;
  let here: Loaded<Props> | undefined;
  const start = () =>
    (loading ??= load().then(
      (component) => (here = { component }),
      (error: unknown) => (here = { error }),
    ));
  function Chunk(props: Props) {
    const [loaded, setLoaded] = useState(here);
    useEffect(() => {
      void start().then(setLoaded);
    }, []);
    if (!loaded) return Waiting ? <Waiting {...props} /> : null;
    if ('error' in loaded) throw loaded.error;
    return <loaded.component {...props} />;
  }
  Chunk.preload = () => void start();
  return Chunk;
}
