import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Answer } from './api-client.ts';

/** The part of an OpenAPI document that says what may be answered. */
interface Documented {
  paths: Record<string, Record<string, { responses: Record<string, DocumentedAnswer> }>>;
}
interface DocumentedAnswer {
  headers?: Record<string, unknown>;
  content: Record<string, { schema: object }>;
}

/** Looks at the answer to a request. @throws Error saying how it departs from the document */
export type AnswerCheck = (method: string, path: string, answer: Answer) => void;

/**
 * Holds every answer of a server's REST routes against the document that it gives out itself. What is no documented
 * operation is not looked at.
 *
 * @param url where the server is, without a slash at the end
 */
export async function documentedAnswers(url: string): Promise<AnswerCheck> {
  const response = await fetch(`${url}/openapi.json`);
  const document = (await response.json()) as Documented; // linted by the server's own tests
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { 'date-time': isDateTime } });
  ajv.addSchema(document, DOCUMENT);
  const routes = Object.keys(document.paths).map((path) => ({ path, pattern: patternOf(path) }));
  // A fixed path goes before one with a parameter in its place, as with the server's own router.
  routes.sort((one, other) => one.path.split('{').length - other.path.split('{').length);

  return (method, path, answer) => {
    const pathname = path.split('?', 1)[0] ?? '';
    const route = routes.find(({ pattern }) => pattern.test(pathname));
    const operation = route && document.paths[route.path]?.[method.toLowerCase()];
    if (!operation) return;
    const place = [route.path, method.toLowerCase()];
    const fault = faultOf(answer, operation.responses, (status, type) => {
      const pointer = ['paths', ...place, 'responses', status, 'content', type, 'schema'];
      return compiled(ajv, `${DOCUMENT}#/${pointer.map(escaped).join('/')}`);
    });
    if (fault !== null) {
      throw new Error(
        `${method} ${path} answered ${answer.status}, which is not as documented: ${fault}\n${answer.text}`,
      );
    }
  };
}

const DOCUMENT = 'openapi.json';

function faultOf(
  { status, headers, json }: Answer,
  responses: Record<string, DocumentedAnswer>,
  validatorOf: (status: string, type: string) => ValidateFunction,
): string | null {
  const documented = responses[status];
  if (!documented) return `the status is none of ${Object.keys(responses).join()}`;
  const type = headers.get('content-type')?.split(';', 1)[0] ?? '';
  if (!documented.content[type]) return `the type is ${type}`;
  const missing = Object.keys(documented.headers ?? {}).filter((name) => !headers.has(name));
  if (missing.length > 0) return `the headers lack ${missing.join()}`;
  const validate = validatorOf(String(status), type);
  return validate(json) ? null : JSON.stringify(validate.errors);
}

function compiled(ajv: Ajv2020, reference: string): ValidateFunction {
  const validate = ajv.getSchema(reference);
  if (!validate) throw new Error(`${reference} leads nowhere`);
  return validate;
}

/** RFC 3339, and a day that there is. */
function isDateTime(text: string): boolean {
  return (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
  );
}

function patternOf(path: string): RegExp {
  return new RegExp(`^(/api/v2)?${path.replace(/\{\w+\}/g, '[^/]+')}/?$`);
}

/** For a URI fragment with a JSON Pointer (RFC 6901, section 6). */
function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
