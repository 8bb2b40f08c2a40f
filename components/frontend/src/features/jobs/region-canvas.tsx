import { useComputedColorScheme } from '@mantine/core';
import { useReducedMotion, useResizeObserver } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { drawRegions } from './draw-regions.ts';
import { countStates, type RegionCell } from './region-cells.ts';
import styles from './region-canvas.module.css';

interface RegionCanvasProps {
  /** Size of the picture that the regions lie in, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly cells: readonly RegionCell[];
}

/** Milliseconds between two drawings while something runs. */
const FRAME = 50;

/** Lays the regions over a picture: waiting ones dim it, finished ones let it through. */
export function RegionCanvas({ width, height, cells }: RegionCanvasProps) {
  const [box, size] = useResizeObserver<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const still = useReducedMotion();

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || size.width === 0 || size.height === 0) return;
    const density = window.devicePixelRatio || 1;
    element.width = Math.round(size.width * density);
    element.height = Math.round(size.height * density);
    context.scale(density, density);
    const picture = { scaleX: size.width / width, scaleY: size.height / height };
    const draw = (): void => {
      context.clearRect(0, 0, size.width, size.height);
      drawRegions(context, cells, { ...picture, scheme, shift: still ? 0 : performance.now() / 60 });
    };
    draw();
    if (still || !cells.some(({ state }) => state === 'running' || state === 'retrying')) return;
    const timer = setInterval(draw, FRAME);
    return () => clearInterval(timer);
  }, [cells, width, height, size.width, size.height, scheme, still]);

  const { done, failed } = countStates(cells);
  const words = `${done} of ${cells.length} regions done${failed > 0 ? `, ${failed} failed` : ''}`;
  return (
    <div ref={box} className={styles.box} dir="ltr">
      <canvas ref={canvas} className={styles.canvas} role="img" aria-label={words} />
    </div>
  );
}
