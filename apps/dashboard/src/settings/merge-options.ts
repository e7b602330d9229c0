import type { KeepStateOptions } from 'react-hook-form';

/** What someone else saved meanwhile comes in, except over what is being edited here. */
export const KEEP_EDITS: KeepStateOptions = { keepDirtyValues: true, keepErrors: true };

/** For `reset`, which otherwise goes by the form's own {@link KEEP_EDITS}. */
export const REPLACE_ALL: KeepStateOptions = { keepDirtyValues: false, keepErrors: false };
