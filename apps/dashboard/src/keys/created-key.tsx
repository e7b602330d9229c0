import type { CreatedApiKey } from '@interview-webhooks/schema';
import { Check, Copy } from 'lucide-react';
import { useUnsavedChanges } from '../app/unsaved-changes.tsx';
import { isolated } from '../lib/isolated.ts';
import { Button } from '../ui/button.tsx';
import { useCopy } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { TextInput } from '../ui/text-input.tsx';

interface CreatedKeyProps {
  created: CreatedApiKey;
  onClose: () => void;
}

/** The only time a key is shown. Nothing but saying that it is stored closes it. */
export function CreatedKey({ created, onClose }: CreatedKeyProps) {
  useUnsavedChanges(true);
  const { copied, copy } = useCopy(created.api_key);
  return (
    <Dialog
      title={`“${isolated(created.name)}” is ready`}
      description="Store the key now, where secrets are kept. It cannot be shown again."
      onClose={onClose}
      insistent
    >
      <Field label="API key">
        {(control) => (
          <TextInput
            mono
            readOnly
            value={created.api_key}
            onFocus={(event) => {
              event.target.select();
            }}
            {...control}
          />
        )}
      </Field>
      <div className="mt-6 flex gap-2 max-sm:flex-col-reverse sm:justify-end">
        <Button onClick={onClose}>I have stored it</Button>
        <Button look="primary" onClick={copy}>
          {copied ? <Check aria-hidden className="size-4" /> : <Copy aria-hidden className="size-4" />}
          {copied ? 'Copied' : 'Copy key'}
        </Button>
      </div>
      <p role="status" className="sr-only">
        {copied && 'The key is in the clipboard'}
      </p>
    </Dialog>
  );
}
