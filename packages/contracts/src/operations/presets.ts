import type { StepInput } from './index.ts';

/** A pipeline that is ready to be used. Its words for people are in the page's message files, by its id. */
export interface Preset {
  readonly id: string;
  /** `operation`: one operation alone; `combination`: several for one purpose. */
  readonly group: 'operation' | 'combination';
  readonly pipeline: readonly StepInput[];
}

const single = (id: string, params?: StepInput['params']): Preset => ({
  id,
  group: 'operation',
  pipeline: [{ op: id, ...(params && { params }) }],
});
const combined = (id: string, ...pipeline: readonly StepInput[]): Preset => ({ id, group: 'combination', pipeline });

/** Ready pipelines in the order in which people see them: each operation with its usual values, then combinations. */
export const PRESETS: readonly Preset[] = [
  single('grayscale'),
  single('canny', { low: 100, high: 200 }),
  single('threshold', { value: 100 }),
  single('invert'),
  single('gaussian-blur', { ksize: 21 }),
  single('sharpen'),
  single('median', { ksize: 5 }),
  single('dilate', { ksize: 5 }),
  single('erode', { ksize: 5 }),
  single('swap-red-blue'),
  single('overlay-edges'),
  combined(
    'calm-edges',
    { op: 'gaussian-blur', params: { ksize: 5 } },
    { op: 'canny', params: { low: 60, high: 140 } },
  ),
  combined(
    'pencil-drawing',
    { op: 'gaussian-blur', params: { ksize: 5 } },
    { op: 'canny', params: { low: 40, high: 110 } },
    { op: 'dilate', params: { ksize: 2 } },
    { op: 'invert' },
  ),
  combined(
    'clean-scan',
    { op: 'median', params: { ksize: 3 } },
    { op: 'grayscale' },
    { op: 'threshold', params: { value: 128 } },
  ),
  combined('crisp-gray', { op: 'grayscale' }, { op: 'median', params: { ksize: 3 } }, { op: 'sharpen' }),
  combined('remove-specks', { op: 'erode', params: { ksize: 3 } }, { op: 'dilate', params: { ksize: 3 } }),
  combined('close-gaps', { op: 'dilate', params: { ksize: 3 } }, { op: 'erode', params: { ksize: 3 } }),
];
