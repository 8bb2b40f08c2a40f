import type { Row } from '../colour-matrix.ts';
import { matrixOperation } from './matrix-operation.ts';
import { blendWithIdentity } from './blend-with-identity.ts';

/** Shares that are usual for sepia; bright colours come out brighter than they were and are cut off. */
const SEPIA: readonly [Row, Row, Row] = [
  [0.393, 0.769, 0.189, 0],
  [0.349, 0.686, 0.168, 0],
  [0.272, 0.534, 0.131, 0],
];

/** The colours of old photographs, mixed with those that were there. */
export const sepia = matrixOperation('sepia', ({ amount }) => blendWithIdentity(SEPIA, amount / 100));
