import { AppError } from '@tessera/runtime';

/** Turns an error of the file system into the store's; AppErrors and errors without a system code stay as they are. */
export function folderError(error: unknown, key: string): unknown {
  if (AppError.is(error)) return error;
  switch (systemCode(error)) {
    case undefined:
      return error;
    case 'ENOENT':
    case 'ENOTDIR':
      return new AppError('NOT_FOUND', { details: { key }, cause: error });
    case 'EISDIR':
    case 'EEXIST':
    case 'ENOTEMPTY':
      return new AppError('CONFLICT', {
        message: 'An object can not be a folder of another.',
        details: { key },
        cause: error,
      });
    case 'ENAMETOOLONG':
      return new AppError('BAD_REQUEST', { message: 'The object key is too long.', details: { key }, cause: error });
    default:
      return new AppError('STORE_UNAVAILABLE', { details: { key }, cause: error });
  }
}

/** Runs something that touches the file system; its errors are the store's. */
export async function guarded<T>(key: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw folderError(error, key);
  }
}

/** The code of a failed system call (`ENOENT`), or `undefined` for any other value. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
}

/** Gives `undefined` instead of failing where no file has the name. */
export function absent(error: unknown): undefined {
  const code = systemCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
  throw error;
}
