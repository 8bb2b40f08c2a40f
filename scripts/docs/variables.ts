import { tmpdir } from 'node:os';
import type { ConfigShape } from '@tessera/runtime';
import { z } from 'zod';

/** A variable of the environment, in words for operators. */
export interface Variable {
  readonly name: string;
  /** The forms of the service that read it so. */
  readonly forms: readonly string[];
  readonly description: string;
  /** What holds when it is not given; undefined when it must be given. */
  readonly fallback: Fallback | undefined;
  /** The values it may take, such as `0 to 65535`; undefined for any text. */
  readonly range: string | undefined;
}

export type Fallback =
  | { readonly kind: 'value'; readonly value: string }
  /** Found at run time, for example the number of cores. */
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'none' };

/**
 * The variables of several forms of the service, in order of first appearance. Forms that read a variable in the same
 * way share an entry; where they differ, it has several.
 */
export function collectVariables(shapes: Readonly<Record<string, ConfigShape>>): readonly Variable[] {
  const found: Variable[] = [];
  for (const [form, shape] of Object.entries(shapes)) {
    for (const [name, schema] of Object.entries(shape)) {
      const variable = describeVariable(name, form, schema);
      const index = found.findIndex((other) => sameMeaning(other, variable));
      const last = found.findLastIndex((other) => other.name === name);
      if (index >= 0) found[index] = { ...variable, forms: [...(found[index]?.forms ?? []), form] };
      else if (last >= 0) found.splice(last + 1, 0, variable);
      else found.push(variable);
    }
  }
  return found;
}

const jsonSchema = z.object({
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  description: z.string(),
  type: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  enum: z.array(z.string()).optional(),
});
type JsonSchema = z.infer<typeof jsonSchema>;

function describeVariable(name: string, form: string, schema: z.ZodType): Variable {
  const parsed = jsonSchema.safeParse(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }));
  if (!parsed.success) throw new Error(`${name} of the ${form} has no description.`);
  // The text that is given may be restricted although what it becomes is not: true and false.
  const input = jsonSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  // Defaults that depend on the machine are told in the description's own words.
  const [, description, words] = /^(.*?)(?:[;,] default: (.*?))?\.?$/s.exec(parsed.data.description) ?? [];
  return {
    name,
    forms: [form],
    description: `${description ?? ''}.`,
    fallback: fallbackOf(schema, parsed.data, words),
    range: rangeOf({ ...parsed.data, enum: parsed.data.enum ?? input.enum }),
  };
}

function fallbackOf(schema: z.ZodType, facts: JsonSchema, words: string | undefined): Fallback | undefined {
  if (words !== undefined) return { kind: 'words', words };
  if (!schema.safeParse(undefined).success) return undefined;
  if (facts.default === undefined) return { kind: 'none' };
  const value = String(facts.default);
  if (!value.startsWith(`${tmpdir()}/`)) return { kind: 'value', value };
  return { kind: 'words', words: `${value.slice(tmpdir().length + 1)} in the system’s temporary folder` };
}

function rangeOf(facts: JsonSchema): string | undefined {
  if (facts.enum) return facts.enum.join(', ');
  if (facts.type !== 'integer' && facts.type !== 'number') {
    return facts.minLength && facts.minLength > 1 ? `${String(facts.minLength)} characters or more` : undefined;
  }
  const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = facts;
  if (maximum >= Number.MAX_SAFE_INTEGER) return `${String(minimum)} or more`;
  return `${String(minimum)} to ${String(maximum)}`;
}

function sameMeaning(a: Variable, b: Variable): boolean {
  const meaning = ({ forms: _, ...rest }: Variable) => JSON.stringify(rest);
  return meaning(a) === meaning(b);
}
