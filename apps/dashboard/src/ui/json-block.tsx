import { CodeBlock } from './code-block.tsx';
import { type JsonToken, jsonTokens } from './json-tokens.ts';
import { prettyJson } from './pretty-json.ts';

const colours: Record<JsonToken['kind'], string | undefined> = {
  name: 'text-ink',
  text: 'text-ok',
  value: 'text-accent-ink',
  mark: 'text-ink-muted',
};

/** A JSON value, one entry a line. */
export function JsonBlock({ what, value }: { what: string; value: unknown }) {
  const text = prettyJson(JSON.stringify(value));
  return (
    <CodeBlock what={what} text={text}>
      {jsonTokens(text).map(({ kind, text: part }, index) => (
        <span key={index} className={colours[kind]}>
          {part}
        </span>
      ))}
    </CodeBlock>
  );
}
