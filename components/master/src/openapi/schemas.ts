import {
  batchSchema,
  errorBodySchema,
  errorCodeSchema,
  executorListSchema,
  imageSchema,
  imagesCreatedSchema,
  jobErrorSchema,
  jobListSchema,
  jobResultSchema,
  jobSchema,
  jobsCreatedSchema,
  operationListSchema,
  operationSchema,
  outputSchema,
  pipelineSchema,
  readinessSchema,
  regionSchema,
  taskChangeSchema,
  taskListSchema,
  taskSchema,
} from '@tessera/contracts';
import { z } from 'zod';

/** Schemas that have a name in the document; all others are written out where they are used. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  Batch: batchSchema,
  Error: errorBodySchema,
  ErrorCode: errorCodeSchema,
  ExecutorList: executorListSchema,
  Image: imageSchema,
  ImagesCreated: imagesCreatedSchema,
  Job: jobSchema,
  JobError: jobErrorSchema,
  JobList: jobListSchema,
  JobResult: jobResultSchema,
  JobsCreated: jobsCreatedSchema,
  Operation: operationSchema,
  OperationList: operationListSchema,
  Output: outputSchema,
  Pipeline: pipelineSchema,
  Readiness: readinessSchema,
  Region: regionSchema,
  Task: taskSchema,
  TaskChange: taskChangeSchema,
  TaskList: taskListSchema,
};

export type JsonSchema = Readonly<Record<string, unknown>>;

const names = new Map(Object.entries(NAMED).map(([name, schema]) => [schema, name]));

/** Leaves out what every schema of a document would repeat. */
function bare(schema: JsonSchema): JsonSchema {
  const { $schema: _dialect, $id: _id, ...rest } = schema;
  return rest;
}

/** The `components.schemas` of the document: answers as they are sent. */
export function componentSchemas(): Readonly<Record<string, JsonSchema>> {
  const registry = z.registry<{ id: string }>();
  for (const [name, schema] of Object.entries(NAMED)) registry.add(schema, { id: name });
  const { schemas } = z.toJSONSchema(registry, { io: 'output', uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, bare(schema as JsonSchema)]));
}

/** A schema of an answer: a reference if it has a name. */
export function answerSchema(schema: z.ZodType): JsonSchema {
  const name = names.get(schema);
  return name === undefined ? bare(z.toJSONSchema(schema, { io: 'output' })) : { $ref: `#/components/schemas/${name}` };
}

/** A schema of what callers send: defaults may be left out. */
export function requestSchema(schema: z.ZodType): JsonSchema {
  return bare(z.toJSONSchema(schema, { io: 'input' }));
}
