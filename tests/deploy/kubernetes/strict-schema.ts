/** A JSON schema, or a part of one, as Kubernetes publishes it. */
export type Schema = Readonly<Record<string, unknown>>;

/**
 * The schema as a validator of manifests needs it: names that an object does not know are refused, and what is a number
 * or a text (`80`, `http`, `500m`) may be both.
 */
export function strict(schema: Schema): Schema {
  const entries = Object.entries(schema)
    .filter(([name]) => !name.startsWith('x-kubernetes-'))
    .map(([name, value]): [string, unknown] => [name, strictValue(name, value)]);
  const result: Record<string, unknown> = Object.fromEntries(entries);
  if (mayBeNumber(schema)) result.type = ['integer', 'number', 'string'];
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || 'additionalProperties' in schema;
  if ('properties' in schema && !isOpen) result.additionalProperties = false;
  return result;
}

function strictValue(name: string, value: unknown): unknown {
  // Below these are names of fields, which may be called as a keyword is.
  if (name === 'properties') {
    const fields = Object.entries(value as Readonly<Record<string, Schema>>);
    return Object.fromEntries(fields.map(([field, schema]) => [field, strict(schema)]));
  }
  if (['items', 'additionalProperties'].includes(name) && typeof value === 'object') return strict(value as Schema);
  if (name === 'allOf') return (value as readonly Schema[]).map(strict);
  // `anyOf`, `oneOf` and `not` state what else is required of an object that is described beside them.
  return value;
}

function mayBeNumber(schema: Schema): boolean {
  if (schema.format === 'int-or-string' || schema['x-kubernetes-int-or-string'] === true) return true;
  return typeof schema.description === 'string' && schema.description.startsWith('Quantity is a fixed-point');
}
