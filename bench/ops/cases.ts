import { OPERATIONS, stepSchema, type OperationName, type Step } from '@tessera/contracts';
import { operationFor } from '@tessera/imaging';

/** What is measured of an operation: one setting, on gray or on colours. */
export interface OperationCase {
  readonly step: Step;
  readonly channels: 1 | 3;
  /** Whether a part of the picture would be something else than the whole: its size decides of what is made. */
  readonly whole: boolean;
}

/** Operations that are measured as people mostly use them; of all others the setting of their example picture. */
const SETTINGS: Readonly<Partial<Record<OperationName, Readonly<Record<string, unknown>>>>> = {
  'box-blur': { ksize: 5 },
  bilateral: { ksize: 5 },
  'rank-filter': { ksize: 5 },
  'motion-blur': { length: 15, angle: 30 },
  resize: { percent: 50 },
  affine: { xy: 0.2 },
  perspective: { topLeftX: 10, topRightX: 90 },
  rotate: { angle: 20 },
  filter2d: { kernel: '1 2 0 -2 -1 / 2 4 0 -4 -2 / 0 0 0 0 0 / -2 -4 0 4 2 / -1 -2 0 2 1', offset: 128 },
};

/** Made for gray pictures by its definition. */
const GRAY: ReadonlySet<OperationName> = new Set(['adaptive-threshold']);
/** Pixels of these come out as they went in: there is nothing to compare. */
const UNCHANGED: ReadonlySet<string> = new Set(['statistics']);

/** A case for each operation whose result is as large as its picture. */
export function operationCases(): readonly OperationCase[] {
  return OPERATIONS.filter(({ op }) => !UNCHANGED.has(op)).map(({ op, ...definition }) => {
    const example = 'example' in definition ? definition.example : {};
    const step = stepSchema.parse({ op, params: { ...(SETTINGS[op] ?? example) } });
    return { step, channels: GRAY.has(op) ? 1 : 3, whole: operationFor(op).kind === 'geometry' };
  });
}
