import { AppError } from '@tessera/runtime/app-error';

/**
 * The error of an expression that can not be computed.
 *
 * @param at Index of the character where the fault shows; people count from 1.
 * @param what A sentence for whoever wrote it.
 */
export function expressionFault(at: number, what: string): AppError {
  return new AppError('INVALID_EXPRESSION', {
    message: `The expression can not be computed: at character ${at + 1}: ${what}`,
    details: { position: at + 1 },
  });
}
