import { useComputedColorScheme } from '@mantine/core';
import { useResizeObserver } from '@mantine/hooks';
import type { JobDto } from '@tessera/contracts';
import { useId, useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslations } from 'use-intl';
import { useParts } from '../../app/parts.ts';
import type { ColourBy } from '../../app/job-search.ts';
import type { RegionCell } from '../jobs/region-cell.ts';
import { useResultSearch } from '../result/use-result-search.ts';
import { roundViewport } from '../viewer/viewport.ts';
import { cellAt, neighbour } from './neighbour.ts';
import { enlarged, showing, viewOf, viewportOf, wholeView, within } from './picture-view.ts';
import styles from './region-board.module.css';
import { RegionLayers } from './region-layers.tsx';
import type { PaintLook, PictureView } from './region-painter.ts';
import { timesOf } from './region-times.ts';
import { drawUndeveloped } from './undeveloped.ts';
import { usePicture } from './use-picture.ts';
import { useRegionSentence } from './use-region-sentence.ts';
import { ZoomButtons } from './zoom-buttons.tsx';

interface RegionBoardProps {
  readonly job: JobDto;
  readonly cells: readonly RegionCell[];
  readonly by: ColourBy;
  /** Addresses of the picture before and after, best first. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Address of what finished regions will look like, where that is not the result yet. */
  readonly preview: string | undefined;
  /** Index of the region that is chosen. */
  readonly chosen: number | undefined;
  readonly onChoose: (index: number | undefined) => void;
}

const STEP = 2;

/** The picture as its own progress bar: waiting regions are undeveloped, finished ones are the picture. */
export function RegionBoard({ job, cells, by, before, after, preview, chosen, onChoose }: RegionBoardProps) {
  const words = useTranslations('watch');
  const { machines } = useParts();
  const help = useId();
  const option = useId();
  const [frame, rect] = useResizeObserver<HTMLDivElement>();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const [{ viewport }, changeSearch] = useResultSearch();
  const [pointed, setPointed] = useState<number>();
  const [grip, setGrip] = useState<{ readonly x: number; readonly y: number }>();
  const sentenceOf = useRegionSentence(cells.length);
  const source = usePicture(before);
  const result = usePicture(after);
  const shown = result?.src ?? preview ?? source?.src;

  const { width, height } = job.output;
  const picture = useMemo(() => ({ width, height }), [width, height]);
  const density = window.devicePixelRatio || 1;
  const size = useMemo(
    () => ({ width: Math.round(rect.width * density), height: Math.round(rect.height * density) }),
    [rect.width, rect.height, density],
  );
  const view = useMemo(
    () =>
      viewport && size.width > 0 ? within(viewOf(viewport, size, density), picture, size) : wholeView(picture, size),
    [viewport, picture, size, density],
  );
  const undeveloped = useMemo(
    () => (source && size.width > 0 ? drawUndeveloped(source, size, view, { ...picture, scheme }) : undefined),
    [source, size, view, picture, scheme],
  );
  const bare = job.product !== undefined && shown === undefined;
  const times = by === 'time' ? timesOf(cells) : NO_TIMES;
  const [fastest, slowest] = times;
  const look = useMemo<PaintLook>(
    () => ({
      view,
      scheme,
      by,
      undeveloped,
      bare,
      times: [fastest, slowest],
      machine: (executor) => machines.look(executor),
    }),
    [view, scheme, by, undeveloped, bare, fastest, slowest, machines],
  );

  const place = pointed ?? cells.findIndex(({ index }) => index === chosen);
  const active = cells[place];
  const isEnlarged = view.scale > wholeView(picture, size).scale * 1.001;

  const setView = (next: PictureView | undefined): void => {
    const seen = next && within(next, picture, size);
    const isWhole = !seen || seen.scale <= wholeView(picture, size).scale * 1.001;
    changeSearch({ viewport: isWhole ? undefined : roundViewport(viewportOf(seen, size, density)) });
  };
  const zoom = (factor: number, at = { x: size.width / 2, y: size.height / 2 }): void =>
    setView(enlarged(view, factor, at, picture, size));
  const pointOf = ({ currentTarget, clientX, clientY }: PointerEvent): { x: number; y: number } => {
    const box = currentTarget.getBoundingClientRect();
    return { x: (clientX - box.left) * density, y: (clientY - box.top) * density };
  };
  const cellOf = (event: PointerEvent): number | undefined => {
    const { x, y } = pointOf(event);
    return cellAt(cells, { x: view.x + x / view.scale, y: view.y + y / view.scale });
  };
  const move = (event: PointerEvent): void => {
    if (grip && isEnlarged) {
      const at = pointOf(event);
      setView({ ...view, x: view.x - (at.x - grip.x) / view.scale, y: view.y - (at.y - grip.y) / view.scale });
      setGrip(at);
    } else setPointed(cellOf(event));
  };
  const press = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === '+' || event.key === '=') zoom(STEP);
    else if (event.key === '-') zoom(1 / STEP);
    else if (event.key === '0') setView(undefined);
    else {
      const next = neighbour(cells, Math.max(0, place), event.key);
      // The first arrow leads to the first region.
      const isFirst = place === -1 && event.key.startsWith('Arrow');
      const cell = next === undefined ? undefined : cells[isFirst ? 0 : next];
      if (!cell) return;
      setPointed(undefined);
      onChoose(cell.index);
      if (isEnlarged) setView(showing(view, cell.region, picture, size));
    }
    event.preventDefault();
  };

  return (
    <div className={styles.board}>
      <div className={styles.room}>
        <div
          ref={frame}
          className={styles.frame}
          dir="ltr"
          style={{ aspectRatio: `${width} / ${height}`, maxWidth: `calc(var(--board-height) * ${width / height})` }}
        >
          {shown !== undefined && (
            <img
              className={styles.picture}
              src={shown}
              alt={words('original', { name: job.image.name })}
              draggable={false}
              style={{
                width: (width * view.scale) / density,
                height: (height * view.scale) / density,
                translate: `${(-view.x * view.scale) / density}px ${(-view.y * view.scale) / density}px`,
              }}
            />
          )}
          <RegionLayers size={size} cells={cells} look={look} active={active} />
          <div
            className={styles.touch}
            role="listbox"
            tabIndex={0}
            aria-label={words('picture', { name: job.image.name })}
            aria-describedby={help}
            aria-activedescendant={active ? option : undefined}
            data-grip={isEnlarged || undefined}
            onPointerMove={move}
            onPointerLeave={() => {
              setPointed(undefined);
              setGrip(undefined);
            }}
            onPointerDown={(event) => setGrip(pointOf(event))}
            onPointerUp={() => setGrip(undefined)}
            onClick={() => onChoose(active?.index)}
            onDoubleClick={() => zoom(STEP)}
            onKeyDown={press}
          >
            <span id={option} role="option" aria-selected={active !== undefined} className={styles.option} dir="auto">
              {active ? sentenceOf(active) : words('picture', { name: job.image.name })}
            </span>
          </div>
        </div>
      </div>
      <div className={styles.foot}>
        {active ? (
          <p className={styles.note} aria-hidden>
            {sentenceOf(active)}
          </p>
        ) : (
          <p className={styles.note}>{!result && preview !== undefined ? words('preview') : '\u00a0'}</p>
        )}
        <p id={help} className={styles.help}>
          {words('pictureHelp')}
        </p>
        <ZoomButtons isWhole={!isEnlarged} onZoom={(factor) => (factor === 0 ? setView(undefined) : zoom(factor))} />
      </div>
    </div>
  );
}

const NO_TIMES: readonly [number, number] = [0, 0];
