import type { ErrorCode } from '@tessera/contracts';
import type { Request, Response } from 'express';
import type { z } from 'zod';

/** What a successful call answers: a JSON body, nothing, or bytes that the handler writes itself, JSON or not. */
export type Answer =
  | { readonly kind: 'json'; readonly status: number; readonly schema: z.ZodType; readonly description: string }
  | { readonly kind: 'document'; readonly status: number; readonly schema: z.ZodType; readonly description: string }
  | { readonly kind: 'empty'; readonly status: number; readonly description: string }
  | { readonly kind: 'stream'; readonly status: number; readonly contentType: string; readonly description: string };

/**
 * `admission` refuses new work while it could not be taken on, before a body is read; `admin` asks for the token;
 * `submit` counts against the stricter rate limit of uploads and jobs, `preview` against that of previews.
 */
export type Guard = 'admission' | 'admin' | 'metrics' | 'submit' | 'preview';

/** One call of the API as data: the router and the OpenAPI document are both made from it. */
export interface RouteSpec {
  readonly method: 'get' | 'head' | 'post' | 'patch' | 'delete' | 'options';
  /** In Express' form: `/jobs/:id`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly query?: z.ZodObject;
  /** Schema of a JSON body. */
  readonly body?: z.ZodType;
  /** Name of the field of a multipart form that holds files. */
  readonly files?: string;
  /** Media type of a body that the handler reads itself, at its own pace. */
  readonly stream?: string;
  /** Request headers that mean something here, each with what it says. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly guards: readonly Guard[];
  readonly answer: Answer;
  /** Codes of this call, besides those that every call may answer. */
  readonly errors: readonly ErrorCode[];
}

/** Keeps the literal types of a route. */
export function route<const Spec extends RouteSpec>(spec: Spec): Spec {
  return spec;
}

type Names<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** What a handler is given: checked input, and the raw exchange for what has no schema. */
export interface Call<Spec extends RouteSpec> {
  readonly params: Readonly<Record<Names<Spec['path']>, string>>;
  readonly query: Parsed<Spec['query']>;
  readonly body: Parsed<Spec['body']>;
  readonly request: Request;
  readonly response: Response;
  /** The visitor of this call; a first-time visitor is given a cookie with the answer. */
  readonly visitor: () => string;
}

type Result<Of extends Answer> = Of extends { kind: 'json'; schema: infer Schema extends z.ZodType }
  ? z.input<Schema>
  : void;

export type Handler<Spec extends RouteSpec> = (
  call: Call<Spec>,
) => Promise<Result<Spec['answer']>> | Result<Spec['answer']>;

/** One handler for each route of a table. */
export type Handlers<Table extends Readonly<Record<string, RouteSpec>>> = {
  readonly [Id in keyof Table]: Handler<Table[Id]>;
};
