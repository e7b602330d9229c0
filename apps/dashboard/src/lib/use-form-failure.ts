import { useState } from 'react';
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { type Failure, failureOf, isUnauthenticated } from './failure.ts';

interface FormFailure {
  /** What no field can show. */
  failure: Failure | null;
  /** For the mutation that sends the form. */
  handlers: { onMutate: () => void; onError: (error: unknown) => void };
}

/**
 * Puts what the server objects to at the form's fields.
 *
 * @param fields the form's fields that have the API's names
 */
export function useFormFailure<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  fields: readonly Path<Values>[],
): FormFailure {
  const [failure, setFailure] = useState<Failure | null>(null);
  const onError = (error: unknown) => {
    // The sign-in form comes up and says so.
    if (isUnauthenticated(error)) return;
    const found = failureOf(error);
    const faulty = fields.flatMap((field) => {
      // `scopes.2` is a fault of `scopes`.
      const fault = found.faults.find(({ path }) => path === field || path.startsWith(`${field}.`));
      return fault ? [{ field, message: fault.message }] : [];
    });
    for (const [index, { field, message }] of faulty.entries()) {
      form.setError(field, { type: 'server', message }, { shouldFocus: index === 0 });
    }
    if (faulty.length === 0) setFailure(found);
  };
  const onMutate = () => {
    setFailure(null);
  };
  return { failure, handlers: { onMutate, onError } };
}
