import { INDICES, bandRoleSchema, type BandRole, type RasterIndex } from '@tessera/contracts';
import type { Expression } from './expression.ts';
import { parseExpression } from './parse-expression.ts';

/**
 * The expression of an index: a named one is an expression like any other.
 *
 * @param names Bands that a written expression may read; default: every role. Named indices read what they declare.
 * @throws AppError INVALID_EXPRESSION for a written expression that can not be computed.
 */
export function indexExpression(
  index: RasterIndex,
  names: readonly string[] = bandRoleSchema.options,
): Expression & { readonly needsReflectance: boolean } {
  if ('expression' in index) return { ...parseExpression(index.expression, names), needsReflectance: false };
  const definition = INDICES.find((candidate) => candidate.index === index.index);
  const bands: readonly BandRole[] = definition?.bands ?? [];
  return {
    ...parseExpression(definition?.expression ?? '', bands, index.params),
    needsReflectance: definition?.needsReflectance ?? false,
  };
}
