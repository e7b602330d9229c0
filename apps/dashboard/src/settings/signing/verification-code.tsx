import { useNavigate, useSearch } from '@tanstack/react-router';
import { useId } from 'react';
import { CodeBlock } from '../../ui/code-block.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { receivers } from './receivers.ts';

const languages = receivers.map(({ language, name }) => ({ value: language, label: name }));

/** Code that checks signatures, in the language of the receiver. */
export function VerificationCode() {
  const { language } = useSearch({ from: '/settings/signing' });
  const navigate = useNavigate();
  const name = useId();
  const shown = receivers.find((receiver) => receiver.language === language) ?? receivers[0];
  return (
    <>
      <SegmentedControl
        label="Language"
        options={languages}
        radio={({ value }) => ({
          name,
          checked: value === shown.language,
          onChange: () => {
            void navigate({
              to: '/settings/signing',
              search: { language: value },
              replace: true,
              resetScroll: false,
            });
          },
        })}
      />
      <p className="mt-4 mb-2 font-mono text-xs text-ink-muted">{shown.file}</p>
      <CodeBlock what={`code for ${shown.name}`} text={shown.code.trimEnd()} />
      <ul className="mt-3 grid list-disc gap-1 pl-4 text-xs/5 text-ink-muted">
        <li>It compares in constant time, and refuses what is older than five minutes.</li>
        <li>While the secret is being rotated there are two signatures; one that matches is enough.</li>
        <li>
          Put the secret into the environment, as <code className="font-mono text-ink">WEBHOOK_SECRET</code>.
          It does not belong in the code.
        </li>
      </ul>
    </>
  );
}
