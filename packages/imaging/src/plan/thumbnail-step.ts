import type { Step } from '@tessera/contracts';

/** The step that makes a thumbnail: no side is longer, and none is made longer. */
export function thumbnailStep(side: number): Step {
  const size = { width: side, height: side, percent: 0, fit: 'inside', enlarge: false } as const;
  return { op: 'resize', params: { ...size, kernel: 'lanczos', colour: '#000000', opacity: 100 } };
}
