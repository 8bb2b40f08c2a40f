import { ERROR_CODES, type ErrorCode } from '@tessera/contracts';
import type { Answer, RouteSpec } from '../http/route.ts';
import { ROUTES } from '../routes/index.ts';
import { answerSchema, componentSchemas, requestSchema, type JsonSchema } from './schemas.ts';

/** Codes that any call may answer. */
const EVERYWHERE: readonly ErrorCode[] = ['RATE_LIMITED', 'INTERNAL', 'DATABASE_UNAVAILABLE'];

/** The API as an OpenAPI 3.1 document, made from the same table as the router. Pure: always the same. */
export function openApiDocument(): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const [id, spec] of Object.entries<RouteSpec>(ROUTES)) {
    const path = spec.path.replaceAll(/[:*](\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [spec.method]: operation(id, spec) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Tessera',
      version: '1',
      description:
        'Processes images, splitting heavy ones over many machines; every result is one exact file. ' +
        'Ids are unguessable and act as capabilities: whoever knows one may use it.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: { admin: { type: 'http', scheme: 'bearer', description: 'The token of the operator.' } },
    },
  };
}

function operation(id: string, spec: RouteSpec): JsonSchema {
  const parameters = [...pathParameters(spec.path), ...queryParameters(spec), ...headerParameters(spec)];
  const body = requestBody(spec);
  const guarded = spec.guards.some((guard) => guard === 'admin' || guard === 'metrics');
  return {
    operationId: id,
    tags: [spec.tag],
    summary: spec.summary,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: { [spec.answer.status]: success(spec.answer), ...failures(spec) },
    ...(guarded ? { security: [{ admin: [] }] } : {}),
  };
}

function pathParameters(path: string): readonly JsonSchema[] {
  return [...path.matchAll(/([:*])(\w+)/g)].map(([, mark, name]) => ({
    name,
    in: 'path',
    required: true,
    description: mark === '*' ? 'Its name, which may hold slashes.' : `Id of the ${name ?? ''}.`,
    schema: { type: 'string' },
  }));
}

function queryParameters(spec: RouteSpec): readonly JsonSchema[] {
  if (spec.query === undefined) return [];
  const schema = requestSchema(spec.query);
  const properties = (schema.properties ?? {}) as Readonly<Record<string, JsonSchema>>;
  const required = (schema.required ?? []) as readonly string[];
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: property,
  }));
}

function headerParameters(spec: RouteSpec): readonly JsonSchema[] {
  return Object.entries(spec.headers ?? {}).map(([name, description]) => ({
    name,
    in: 'header',
    required: true,
    description,
    schema: { type: 'string' },
  }));
}

function requestBody(spec: RouteSpec): JsonSchema | undefined {
  if (spec.body !== undefined) {
    return { required: true, content: { 'application/json': { schema: requestSchema(spec.body) } } };
  }
  if (spec.stream !== undefined) {
    return { content: { [spec.stream]: { schema: { type: 'string', format: 'binary' } } } };
  }
  if (spec.files === undefined) return undefined;
  const files = { type: 'array', minItems: 1, items: { type: 'string', format: 'binary' } };
  const form = { type: 'object', properties: { [spec.files]: files }, required: [spec.files] };
  return { required: true, content: { 'multipart/form-data': { schema: form } } };
}

function success(answer: Answer): JsonSchema {
  switch (answer.kind) {
    case 'json':
    case 'document':
      return {
        description: answer.description,
        content: { 'application/json': { schema: answerSchema(answer.schema) } },
      };
    case 'stream':
      return { description: answer.description, content: { [answer.contentType]: {} } };
    case 'empty':
      return { description: answer.description };
  }
}

/** The codes of a call, gathered by the status they are answered with. */
function failures(spec: RouteSpec): Readonly<Record<string, JsonSchema>> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set([...spec.errors, ...EVERYWHERE])) {
    const { status } = ERROR_CODES[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      { description: codes.map((code) => `\`${code}\`: ${ERROR_CODES[code].message}`).join('\n\n'), content },
    ]),
  );
}
