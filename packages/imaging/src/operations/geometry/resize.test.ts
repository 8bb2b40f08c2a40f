import { stepSchema, type OperationParams } from '@tessera/contracts';
import { expect, it } from 'vitest';
import { scaleGeometry } from '../../preview/scale-geometry.ts';
import { resize } from './resize.ts';

type Params = OperationParams<'resize'>;
const picture = { width: 100, height: 120 };
const paramsOf = (params: Partial<Params>): Params => stepSchema.parse({ op: 'resize', params }).params as Params;

// As sharp's resize with withoutEnlargement.
it.each([
  ['inside', ['42x50', '50x60', '100x120', '25x30']],
  ['outside', ['100x120', '100x120', '100x120', '40x48']],
  ['fill', ['100x50', '50x120', '100x120', '40x30']],
  ['cover', ['100x50', '50x120', '100x120', '40x30']],
  ['contain', ['200x50', '50x200', '300x400', '40x30']],
] as const)('makes no picture larger where it is not to: %s', (fit, wanted) => {
  const boxes = [
    [200, 50],
    [50, 200],
    [300, 400],
    [40, 30],
  ] as const;
  const made = boxes.map(([width, height]) => resize.size(paramsOf({ width, height, fit, enlarge: false }), picture));
  expect(made.map(({ width, height }) => `${String(width)}x${String(height)}`)).toEqual(wanted);
  const [full, half] = [
    { width: 200, height: 240 },
    { width: 400, height: 100 },
  ];
  const small = scaleGeometry({ op: 'resize', params: paramsOf({ ...half, fit, enlarge: false }) }, full, picture, 0.5);
  expect(resize.size(small.params as Params, picture)).toEqual(made[0]);
});
