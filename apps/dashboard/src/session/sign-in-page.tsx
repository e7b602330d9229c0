import { useTitle } from '../app/use-title.ts';
import { SignInFrame } from './sign-in-frame.tsx';

export function SignInPage() {
  useTitle('Sign in');
  return <SignInFrame title="Sign in">Use an API key of your workspace.</SignInFrame>;
}

/** Over a page whose session ran out. */
export function SessionEnded() {
  useTitle('Sign in');
  return (
    <SignInFrame title="Sign in again">
      <p role="alert">Your session has ended. Sign in to go on where you were; unsaved changes are kept.</p>
    </SignInFrame>
  );
}
