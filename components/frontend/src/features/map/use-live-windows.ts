import { useQuery } from '@tanstack/react-query';
import type { JobDto, TaskDto } from '@tessera/contracts';
import { useMemo } from 'react';
import { useTasks } from '../../api/use-tasks.ts';
import { useParts } from '../../app/parts.ts';
import type { Point } from './reader/ground.ts';
import type { MapReader } from './reader/map-reader.ts';
import type { Shape } from './view/shapes-layer.ts';

/** What a machine does for a product. */
export interface WindowMachine {
  readonly executor: string;
  readonly running: number;
  readonly done: number;
}

export interface LiveWindows {
  readonly shapes: readonly Shape[];
  readonly machines: readonly WindowMachine[];
  /** All windows of the product, and the outline of all of it. */
  readonly count: number;
  readonly outline: readonly Point[] | undefined;
}

const NONE: LiveWindows = { shapes: [], machines: [], count: 0, outline: undefined };
const isOpen = (job: JobDto | undefined): boolean => job?.state === 'queued' || job?.state === 'running';

/** The windows of a product that is being made: where each lies, and who works on it. */
export function useLiveWindows(reader: MapReader | undefined, job: JobDto | undefined): LiveWindows {
  const { machines } = useParts();
  const product = job?.product;
  const open = isOpen(job) && product !== undefined;
  const tasks = useTasks(job?.id ?? '', open);
  const windows = useMemo(() => tasks.filter(({ kind, region }) => kind === 'window' && region !== null), [tasks]);
  const { data: outlines } = useQuery({
    queryKey: ['map-windows', job?.id, windows.length],
    queryFn: async () => {
      if (!reader || !job || !product?.transform || product.epsg === null) return null;
      const whole = { x: 0, y: 0, width: job.output.width, height: job.output.height };
      const rectangles = [whole, ...windows.flatMap(({ region }) => region ?? [])];
      return reader.ask('outlines', { epsg: product.epsg, transform: product.transform, rectangles });
    },
    enabled: reader !== undefined && open,
    staleTime: Infinity,
  });
  return useMemo(() => {
    if (!open || !outlines) return NONE;
    const [whole, ...places] = outlines;
    const look = (executor: string) => machines.look(executor);
    machines.meet(windows.flatMap(({ executor }) => executor ?? []));
    return {
      shapes: windows.flatMap((task, n) => (places[n] ? [shapeOf(task, places[n], look)] : [])),
      machines: machinesOf(windows),
      count: windows.length,
      outline: whole,
    };
  }, [open, outlines, windows, machines]);
}

/** Who works is told by letter and colour, what is done by a fill, what is under way by a thick edge. */
function shapeOf(
  { index, state, executor }: TaskDto,
  places: readonly Point[],
  look: (executor: string) => { readonly letter: string; readonly hue: string },
): Shape {
  const id = `window-${String(index)}`;
  const machine = executor === null ? undefined : look(executor);
  if (state === 'done' && machine) {
    return { id, places, stroke: machine.hue, fill: `${machine.hue}99`, width: 1, words: `${machine.letter} ✓` };
  }
  if (state === 'running' && machine) {
    return { id, places, stroke: machine.hue, fill: `${machine.hue}33`, width: 4, words: `${machine.letter} ▸` };
  }
  if (state === 'failed') return { id, places, stroke: '#B0003A', width: 3, words: '✕' };
  return { id, places, stroke: '#767676', width: 1, dash: [4, 4] };
}

function machinesOf(windows: readonly TaskDto[]): readonly WindowMachine[] {
  const executors = [...new Set(windows.flatMap(({ executor }) => executor ?? []))].sort();
  return executors.map((executor) => {
    const own = windows.filter((task) => task.executor === executor);
    const count = (state: TaskDto['state']): number => own.filter((task) => task.state === state).length;
    return { executor, running: count('running'), done: count('done') };
  });
}
