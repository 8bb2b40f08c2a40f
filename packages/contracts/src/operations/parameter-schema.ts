import * as z from 'zod';

/** Parameters as a JSON Schema with defaults, ranges, titles and units; what may be left out is not required. */
export function parameterSchema(params: z.ZodObject): Record<string, unknown> {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(params, { io: 'input' });
  return schema;
}
