import type { OperationParams } from '@tessera/contracts';

/** The luma of BT.601. */
export const LUMA: OperationParams<'grayscale'> = { red: 0.299, green: 0.587, blue: 0.114 };
