import { useReducedMotion } from '@mantine/hooks';
import type { Size } from '@tessera/contracts';
import { useEffect, useRef } from 'react';
import { STATE_LOOKS } from '../../theme/state-color.ts';
import type { RegionCell } from '../jobs/region-cell.ts';
import styles from './region-board.module.css';
import { drawEdge } from './region-marks.ts';
import { RegionPainter, boxOf, type PaintLook } from './region-painter.ts';

/** Milliseconds between two drawings of what moves. */
const FRAME = 60;

interface RegionLayersProps {
  /** Of the canvases, in canvas pixels. */
  readonly size: Size;
  readonly cells: readonly RegionCell[];
  readonly look: PaintLook;
  /** The region that is pointed at or chosen. */
  readonly active: RegionCell | undefined;
}

/** The regions over their picture: one canvas of what stands still, one of the few things that move. */
export function RegionLayers({ size, cells, look, active }: RegionLayersProps) {
  const still = useRef<HTMLCanvasElement>(null);
  const moving = useRef<HTMLCanvasElement>(null);
  const painter = useRef<{ readonly of: RegionPainter; readonly size: Size }>(undefined);
  const calm = useReducedMotion();
  const { width, height } = size;

  useEffect(() => {
    const canvas = still.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context || width === 0) return;
    if (painter.current?.size.width !== width || painter.current.size.height !== height) {
      canvas.width = width;
      canvas.height = height;
      painter.current = { of: new RegionPainter(context), size: { width, height } };
    }
    painter.current.of.paint(cells, look);
  }, [cells, look, width, height]);

  useEffect(() => {
    const canvas = moving.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context || width === 0) return;
    canvas.width = width;
    canvas.height = height;
    const running = cells.filter(({ state }) => state === 'running');
    const color = STATE_LOOKS.running.fill[look.scheme];
    const draw = (): void => {
      context.clearRect(0, 0, width, height);
      const shift = calm ? 0 : performance.now() / 45;
      for (const cell of running) drawEdge(context, boxOf(cell, look.view), color, 'moving', shift);
      if (active) drawEdge(context, boxOf(active, look.view), '#ffffff', 'solid');
    };
    draw();
    if (calm || running.length === 0) return;
    const timer = setInterval(draw, FRAME);
    return () => clearInterval(timer);
  }, [cells, look, width, height, active, calm]);

  return (
    <>
      <canvas ref={still} className={styles.layer} data-layer="regions" aria-hidden />
      <canvas ref={moving} className={styles.layer} aria-hidden />
    </>
  );
}
