import { useTitle } from '../app/use-title.ts';
import { SignInFrame } from './sign-in-frame.tsx';

export function SignInPage() {
  useTitle('Sign in');
  return <SignInFrame title="Sign in">Use an API key of your workspace.</SignInFrame>;
}
