import { useTitle } from '../../app/use-title.ts';
import { useScope } from '../../session/session-context.ts';
import { MissingScope } from '../../ui/missing-scope.tsx';
import { Card, Section } from '../../ui/section.tsx';
import { SigningSecretCard } from './signing-secret-card.tsx';
import { VerificationCode } from './verification-code.tsx';

/** What receivers check signatures with, and how. */
export function SigningPage() {
  useTitle('Signing secret');
  const mayWrite = useScope('settings:write');
  return (
    <div className="mt-8 divide-y divide-line">
      <Section
        title="Signing secret"
        description="Every webhook is signed with it, so that your receiver can tell ours from anybody else’s."
      >
        {mayWrite ? (
          <Card>
            <SigningSecretCard />
          </Card>
        ) : (
          <MissingScope scope="settings:write" title="You cannot see the signing secret" />
        )}
      </Section>
      <Section
        title="Verify signatures"
        description={
          <>
            A receiver that runs as it is, with nothing to install. The signatures are those of{' '}
            <a
              href="https://www.standardwebhooks.com"
              target="_blank"
              rel="noreferrer"
              className="font-medium text-accent-ink underline underline-offset-2"
            >
              Standard Webhooks
            </a>
            , whose libraries work, too.
          </>
        }
      >
        <VerificationCode />
      </Section>
    </div>
  );
}
