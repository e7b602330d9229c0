import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

interface TextInputProps extends ComponentProps<'input'> {
  /** For what is read character by character: URLs, header names, keys. */
  mono?: boolean;
}

/** A line of text that is no prose: nothing corrects or completes it. */
export function TextInput({ mono = false, className, ...rest }: TextInputProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      autoCapitalize="off"
      autoCorrect="off"
      spellCheck={false}
      {...rest}
      className={cx('control', mono && 'font-mono', className)}
    />
  );
}
