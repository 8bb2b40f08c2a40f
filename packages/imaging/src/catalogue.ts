import { OPERATIONS, parameterSchema, type OperationDto } from '@tessera/contracts';
import { depthsOf } from './plan/check-depth.ts';
import { operationFor } from './registry.ts';

/** All operations as data, for forms to be built from and for people to read. */
export function catalogue(): readonly OperationDto[] {
  return OPERATIONS.map(({ op, title, description, category, params }) => {
    const { kind } = operationFor(op);
    return { op, title, description, category, kind, depths: [...depthsOf(op)], params: parameterSchema(params) };
  });
}
