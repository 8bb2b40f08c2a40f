import { OPERATIONS, parameterSchema, type OperationDto } from '@tessera/contracts';
import { operationFor } from './registry.ts';

/** All operations as data, for forms to be built from and for people to read. */
export function catalogue(): readonly OperationDto[] {
  return OPERATIONS.map(({ op, title, description, category, params }) => {
    return { op, title, description, category, kind: operationFor(op).kind, params: parameterSchema(params) };
  });
}
