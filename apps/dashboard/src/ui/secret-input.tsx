import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { IconButton } from './icon-button.tsx';
import { TextInput } from './text-input.tsx';

interface SecretInputProps extends ComponentProps<'input'> {
  /** What it holds, in a sentence: `password`, `API key`. */
  what: string;
}

export function SecretInput({ what, ...rest }: SecretInputProps) {
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <TextInput mono {...rest} type={shown ? 'text' : 'password'} className="pr-11" />
      <IconButton
        label={shown ? `Hide ${what}` : `Show ${what}`}
        onClick={() => {
          setShown(!shown);
        }}
        className="absolute inset-y-0 right-1 my-auto"
      >
        {shown ? <EyeOff aria-hidden className="size-4" /> : <Eye aria-hidden className="size-4" />}
      </IconButton>
    </div>
  );
}
