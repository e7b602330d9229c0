import type { Scope } from '@interview-webhooks/schema';
import { useId } from 'react';
import { useFormContext } from 'react-hook-form';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { FieldFault } from '../ui/field.tsx';
import type { KeyFormValues } from './create-key.tsx';
import { scopeGroups } from './scopes.ts';

/** @param held the scopes of who is signed in; nobody can give away others */
export function ScopeFields({ held }: { held: readonly Scope[] }) {
  const { register, setValue, formState } = useFormContext<KeyFormValues>();
  const id = useId();
  const choose = (scopes: Scope[]) => () => {
    setValue('scopes', scopes, { shouldDirty: true, shouldValidate: true });
  };
  return (
    <fieldset aria-describedby={`${id}-fault`}>
      <div className="mb-1.5 flex items-center justify-between gap-2">
        <legend className="contents text-[13px] font-medium">Scopes</legend>
        <span className="-mr-2.5 flex">
          <Button look="ghost" size="small" onClick={choose(held.filter((scope) => scope.endsWith(':read')))}>
            Read everything
          </Button>
          <Button look="ghost" size="small" onClick={choose([...held])}>
            Everything
          </Button>
        </span>
      </div>
      <div className="divide-y divide-line rounded-lg border border-line-strong">
        {scopeGroups.map(({ subject, scopes }) => (
          <div
            key={subject}
            role="group"
            aria-label={subject}
            className="flex min-h-10 items-center gap-4 px-3 text-[13px]"
          >
            <span aria-hidden className="grow">
              {subject}
            </span>
            {scopes.map(({ scope, allows }) => (
              <label
                key={scope}
                title={held.includes(scope) ? scope : `${scope}: your own key lacks it`}
                className="flex h-10 items-center gap-2 has-disabled:text-ink-muted sm:w-22"
              >
                <Checkbox value={scope} disabled={!held.includes(scope)} {...register('scopes')} />
                {allows}
              </label>
            ))}
          </div>
        ))}
      </div>
      <FieldFault
        id={`${id}-fault`}
        label="Scopes"
        fault={formState.errors.scopes && 'must be chosen, at least one'}
      />
    </fieldset>
  );
}
