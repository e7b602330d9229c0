import { useState } from 'react';
import { isolated } from '../lib/isolated.ts';
import { trpc } from '../lib/trpc.ts';
import { useScope } from '../session/session-context.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { TextInput } from '../ui/text-input.tsx';

/** More than these, and one types on. */
const OFFERED = 5;

interface InterviewPickerProps {
  /** The chosen one. */
  id: string | undefined;
  /** Its name, where that is known. */
  name: string | undefined;
  onPick: (id: string | undefined) => void;
}

/** Finds an AI interview by its name; by its id where the key may not list them. */
export function InterviewPicker({ id, name, onPick }: InterviewPickerProps) {
  const [text, setText] = useState('');
  const [picked, setPicked] = useState({ id, name });
  const mayRead = useScope('interviews:read');
  const asked = text.trim();
  const found = trpc.interviews.list.useQuery(
    { text: asked, limit: OFFERED },
    { enabled: mayRead && asked !== '' && !id, placeholderData: (before) => before },
  );
  if (id) {
    return (
      <div>
        <p className="mb-1.5 text-[13px] font-medium">AI interview</p>
        <div className="flex min-h-9 items-center justify-between gap-3 rounded-lg border border-line bg-sunken py-1 pr-1 pl-3 text-[13px]">
          <span className="truncate">{isolated((picked.id === id ? picked.name : undefined) ?? id)}</span>
          <Button
            look="ghost"
            className="h-8 sm:h-7"
            onClick={() => {
              onPick(undefined);
            }}
          >
            Any instead
          </Button>
        </div>
      </div>
    );
  }
  const offered = asked === '' ? [] : (found.data?.data ?? []);
  return (
    <Field
      label="AI interview"
      hint={asked !== '' && found.isSuccess && offered.length === 0 && 'None has that in its name.'}
    >
      {(control) => (
        <>
          <TextInput
            {...control}
            placeholder={mayRead ? 'A part of its name' : 'Its id'}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
            }}
            onBlur={() => {
              if (!mayRead && asked !== '') onPick(asked);
            }}
          />
          <ul
            aria-label="AI interviews found"
            className="mt-1.5 divide-y divide-line rounded-lg border border-line empty:hidden"
          >
            {offered.map(({ ai_interview_id, ai_interview_name }) => (
              <li key={ai_interview_id}>
                <button
                  type="button"
                  className="flex min-h-10 w-full items-center px-3 text-left text-[13px] hover:bg-hover sm:min-h-9"
                  onClick={() => {
                    setPicked({ id: ai_interview_id, name: ai_interview_name });
                    onPick(ai_interview_id);
                  }}
                >
                  <span className="truncate">{isolated(ai_interview_name)}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Field>
  );
}
