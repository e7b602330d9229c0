import { failureOf, isUnauthenticated } from '../lib/failure.ts';
import { sentence } from '../lib/sentence.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { sortFaults } from './field-faults.ts';
import type { SettingsFormValues } from './form-values.ts';

interface SaveFailureProps {
  error: unknown;
  authType: SettingsFormValues['auth']['type'];
}

/** Why nothing was saved, where no field can show it. */
export function SaveFailure({ error, authType }: SaveFailureProps) {
  const failure = failureOf(error);
  const { fields, rest } = sortFaults(failure.faults, authType);
  if (isUnauthenticated(error) || (fields.length > 0 && rest.length === 0)) return null;
  return (
    <FailureNotice
      id="save-failure"
      tabIndex={-1}
      heading="The settings were not saved"
      failure={failure}
      className="mt-8 scroll-mt-20"
    >
      {rest.length > 0 && (
        <ul className="mt-1.5 list-disc pl-4">
          {rest.map(({ path, message }) => (
            <li key={`${path} ${message}`} className="wrap-anywhere">
              {sentence(path === '' ? 'The request' : path, message)}
            </li>
          ))}
        </ul>
      )}
    </FailureNotice>
  );
}
