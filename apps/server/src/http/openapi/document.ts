import { schemasOf, scopeOf } from '@interview-webhooks/api';
import { API_VERSION, Problem } from '@interview-webhooks/schema';
import { type RestRoute, restRoutes } from '../rest-routes.ts';
import { type JsonSchema, type JsonSchemas, jsonSchemas } from './json-schemas.ts';
import { EXAMPLE_ID, type Operation, operations } from './operations.ts';
import { problemResponses, problemsOf } from './problem-responses.ts';
import { webhooks } from './webhooks.ts';

const tags = {
  settings: 'Where webhooks are sent, and how they authenticate.',
  interviews: 'AI interviews, and settings of their own.',
  responses: 'Candidates on their way through AI interviews.',
  overview: 'What an operator wants to see first.',
  deliveries: 'Webhooks that were sent or are to be, with every attempt.',
  redeliveries: 'Sending many webhooks again.',
  audit: 'Who did what.',
};

/** The REST API in OpenAPI 3.1: the adapter's table, each row with its procedure's schemas. */
export function openApiDocument() {
  const schemas = jsonSchemas();
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'interview-webhooks',
      version: API_VERSION,
      description:
        'Webhooks for AI interviews: settings, candidates and the log of deliveries. Errors are `application/problem+json` ' +
        '(RFC 9457). Lists answer `{"data": […], "next_cursor": …}`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      { url: '/', description: 'This server' },
      { url: '/api/v2', description: 'The same, under the family’s prefix' },
    ],
    security: [{ apiKey: [] }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: pathsOf(schemas),
    webhooks: webhooks(schemas),
  };
  const problem = schemas.of(Problem, 'output');
  return {
    ...document,
    components: { ...fixedComponents, schemas: schemas.usedBy([document, problem]) },
  };
}

const fixedComponents = {
  securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'apiKey' } },
  headers: {
    RequestId: { schema: { type: 'string' }, description: 'Finds the request in the logs.' },
    RetryAfter: {
      schema: { type: 'integer', minimum: 1 },
      description: 'Seconds after which the same request may work.',
    },
  },
  parameters: {
    IdempotencyKey: {
      in: 'header',
      name: 'Idempotency-Key',
      description: 'Creates once, however often the request is repeated with the same key and body.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    },
  },
};

function pathsOf(schemas: JsonSchemas): Record<string, Record<string, object>> {
  const paths: Record<string, Record<string, object>> = {};
  for (const { name, ...row } of restRoutes) {
    const path = row.path.replace(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[row.method.toLowerCase()] = operationObject(row, operations[name], schemas);
  }
  return paths;
}

function operationObject(row: RestRoute, operation: Operation, schemas: JsonSchemas): object {
  const { summary, description = `${summary}.`, refusals = [], id = row.procedure } = operation;
  const { output } = schemasOf(row.procedure);
  const { parameters, body } = requestOf(row, operation, schemas);
  const scope = scopeOf(row.procedure);
  return {
    operationId: id,
    summary,
    description: scope === undefined ? description : `${description} Needs the scope \`${scope}\`.`,
    tags: [row.procedure.split('.', 1)[0]],
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: {
      [row.status ?? 200]: {
        description: row.status === 201 ? 'Created' : 'Done',
        headers: { 'x-request-id': { $ref: '#/components/headers/RequestId' } },
        ...(output && { content: { 'application/json': { schema: schemas.of(output, 'output') } } }),
      },
      ...problemResponses(problemsOf(row.method, refusals)),
    },
  };
}

/** The procedure's input, each field where the adapter looks for it: in the path, else in the query or the body. */
function requestOf(row: RestRoute, { example }: Operation, schemas: JsonSchemas) {
  const { input } = schemasOf(row.procedure);
  const whole = input && schemas.of(input, 'input');
  const { properties = {}, required = [] } = whole ? schemas.open(whole) : {};
  const inPath = [...row.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const rest = Object.keys(properties).filter((name) => !inPath.includes(name));
  const parameters: object[] = inPath.map((name) => ({
    in: 'path',
    name,
    required: true,
    description: 'As an earlier answer gave it.',
    schema: properties[name],
    example: EXAMPLE_ID,
  }));
  if (row.status === 201) parameters.push({ $ref: '#/components/parameters/IdempotencyKey' });
  if (row.method === 'GET') {
    parameters.push(
      ...rest.map((name) => queryParameter(name, properties[name] ?? {}, { required, example })),
    );
    return { parameters, body: undefined };
  }
  const isAsked = required.some((name) => rest.includes(name));
  const schema = inPath.length > 0 && whole ? without(inPath, schemas.open(whole)) : whole;
  return { parameters, body: rest.length > 0 && schema ? bodyOf(schema, isAsked, example) : undefined };
}

function queryParameter(
  name: string,
  schema: JsonSchema,
  { required, example }: { required: readonly string[]; example: Operation['example'] },
): object {
  const { description, ...rest } = withoutNull(schema);
  return {
    in: 'query',
    name,
    ...(required.includes(name) && { required: true }),
    ...(description !== undefined && { description }),
    schema: rest,
    ...(example && name in example && { example: example[name] }),
  };
}

/** A query has no way to say null; leaving the parameter out means the same. */
function withoutNull({ anyOf, ...rest }: JsonSchema): JsonSchema {
  if (!Array.isArray(anyOf)) return anyOf === undefined ? rest : { ...rest, anyOf };
  const others = (anyOf as JsonSchema[]).filter(({ type }) => type !== 'null'); // what anyOf is a list of
  return others.length === 1 ? { ...rest, ...others[0] } : { ...rest, anyOf: others };
}

function without(
  names: readonly string[],
  { properties = {}, required = [], ...rest }: JsonSchema,
): JsonSchema {
  const kept = required.filter((name) => !names.includes(name));
  return {
    ...rest,
    properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name))),
    ...(kept.length > 0 && { required: kept }),
  };
}

function bodyOf(schema: JsonSchema, required: boolean, example: Operation['example']): object {
  const content = { schema, ...(example && { example }) };
  return { required, content: { 'application/json': content } };
}
