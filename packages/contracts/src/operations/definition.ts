import type * as z from 'zod';

export type OperationCategory =
  'tone and colour' | 'filter' | 'edges' | 'morphology' | 'effect' | 'geometry' | 'combine' | 'analysis';

/** What everybody may know of an operation: its name, its words for people, its parameters with defaults and ranges. */
export interface OperationDefinition<Op extends string = string, Params extends z.ZodObject = z.ZodObject> {
  readonly op: Op;
  readonly title: string;
  readonly description: string;
  readonly category: OperationCategory;
  readonly params: Params;
  /** Parameters that show in a picture what it does, where its defaults change little. */
  readonly example?: Readonly<Record<string, string | number | boolean>>;
}

/** Keeps the literal types of a definition. */
export function define<const Op extends string, Params extends z.ZodObject>(
  definition: OperationDefinition<Op, Params>,
): OperationDefinition<Op, Params> {
  return definition;
}
