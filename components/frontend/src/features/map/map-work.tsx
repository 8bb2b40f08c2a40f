import '../../theme/mantine-inputs.css';
import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { SITE_QUERY } from '../../api/site.ts';
import type { Geometry } from '@tessera/contracts';
import { announce } from '../../app/announce.ts';
import { placesIn } from './catalogue-shapes.ts';
import { LookPanel } from './look-panel.tsx';
import { MakePanel } from './make-panel.tsx';
import type { MapTab } from './map-search.ts';
import { looksOf } from './look-of.ts';
import styles from './map-page.module.css';
import { MapStage, type ShownRaster } from './map-stage.tsx';
import { MosaicPanel } from './mosaic-panel.tsx';
import { sharedProduct } from './product-name.ts';
import { RampLegend } from './ramp-legend.tsx';
import type { Point } from './reader/ground.ts';
import { SharedPanel } from './shared-panel.tsx';
import { useCatalogue } from './use-catalogue.ts';
import { useCornerPicker } from './use-corner-picker.ts';
import { useLiveWindows } from './use-live-windows.ts';
import { useMapReader } from './use-map-reader.ts';
import { useMapSearch } from './use-map-search.ts';
import { useOfferedTabs } from './use-offered-tabs.ts';
import { measureOf, useProduct } from './use-product.ts';
import { useProductName } from './use-product-name.ts';
import { useValuesAt } from './use-value-at.ts';
import { useValueWords } from './use-value-words.ts';
import { useWatchedProduct } from './use-watched-product.ts';
import { ValueCard } from './value-card.tsx';
import { WindowsLegend } from './windows-legend.tsx';
import type { MapView } from './view/map-view.ts';

/** Milliseconds of rest after which the value under the crosshair is said. */
const REST = 500;

/** The map and the panel beside it. */
export function MapWork() {
  const words = useTranslations('map');
  const reader = useMapReader();
  const [seen, change] = useMapSearch();
  const [point, setPoint] = useState<Point>();
  const [view, setView] = useState<MapView | null>();
  const { data: site } = useQuery(SITE_QUERY);
  const product = useProduct(reader, seen.product);
  const beside = useProduct(reader, seen.beside);
  const windows = useLiveWindows(reader, product.job);
  useWatchedProduct(product.job?.id);
  useWatchedProduct(beside.job?.id);
  const tabs = useOfferedTabs();
  const tab = tabs.find((one) => one === seen.tab) ?? 'look';
  const corners = useCornerPicker(view, point);
  const catalogue = useCatalogue(tab === 'shared');
  const drawn = corners.shapes;
  const shapes = useMemo(
    () => [...catalogue.shapes, ...windows.shapes, ...drawn],
    [catalogue.shapes, windows.shapes, drawn],
  );
  const nameOf = useProductName();
  const sayValues = useValueWords();

  const { palette, low, high, opacity } = seen;
  const [first, firstMeasure] = [product.ready, measureOf(product)];
  const [second, secondMeasure] = [beside.ready, measureOf(beside)];
  const shown = useMemo(
    () =>
      [
        [first, firstMeasure],
        [second, secondMeasure],
      ] as const,
    [first, firstMeasure, second, secondMeasure],
  );
  const rasters = useMemo(() => {
    const looks = looksOf(shown, { palette, low, high });
    return shown.flatMap(([ready], n): ShownRaster[] => {
      const look = looks[n];
      return ready && look ? [{ url: ready.url, opacity, look }] : [];
    });
  }, [shown, palette, low, high, opacity]);
  const urls = rasters.map(({ url }) => url);
  const values = useValuesAt(reader, urls, point);
  const names = [product, beside].flatMap((one) => (one.ready ? (nameOf(one) ?? '') : []));
  const said = values && sayValues(values, names);
  const sentence = said && [said.place, ...said.values.map(({ name, value }) => `${name}: ${value}`)].join('. ');

  // Two of one measure have one legend, for they have the same colours.
  const legends = rasters.flatMap(({ look }, n) =>
    look.kind === 'ramp' && (n === 0 || firstMeasure !== secondMeasure) ? [{ title: names[n] ?? '', look }] : [],
  );

  // Whoever came without a place is brought to the product, once.
  const { ready } = product;
  const home = ready?.outline ?? windows.outline;
  const brought = useRef(seen.place === undefined ? undefined : seen.product);
  useEffect(() => {
    if (!view || !home || brought.current === seen.product) return;
    brought.current = seen.product;
    view.fit(home);
  }, [view, home, seen.product]);

  const fresh = { beside: undefined, palette: undefined, low: undefined, high: undefined };
  /** A place was chosen: a corner that was asked for, a product to open, or a value to be told. */
  const take = (at: Point, shape: string | undefined): void => {
    if (corners.take(at)) return;
    const [kind, id] = shape?.split(':') ?? [];
    const link =
      id === undefined ? null : document.querySelector<HTMLElement>(`a[id="${CSS.escape(sharedProduct(id))}"]`);
    // One of another site opens there, by its link in the list.
    if (link) link.focus();
    else if (kind === 'product' && id !== undefined) change({ ...fresh, product: sharedProduct(id) });
    else tell();
  };
  const go = (geometry: Geometry): void => view?.fit(placesIn(geometry));

  const tell = (): void => announce(sentence ?? words('value.none'), 'map-value');
  useEffect(() => {
    // The pointer moves too much to be spoken of; the crosshair is moved on purpose.
    if (sentence === undefined || !document.activeElement?.matches('[role=application]')) return;
    const timer = setTimeout(() => announce(sentence, 'map-value'), REST);
    return () => clearTimeout(timer);
  }, [sentence]);

  return (
    <div className={styles.page}>
      <section className={styles.stage} aria-label={words('name')}>
        {reader && (
          <MapStage
            ref={setView}
            reader={reader}
            tiles={site?.mapTiles}
            place={seen.place}
            onPlace={(place) => change({ place })}
            rasters={rasters}
            swipe={seen.swipe}
            onSwipe={(swipe) => change({ swipe })}
            shapes={shapes}
            pictures={catalogue.pictures}
            home={home}
            onPoint={setPoint}
            onTake={take}
            onTell={tell}
          >
            {site?.mapTiles && <span className={styles.credit}>{site.mapTiles.attribution}</span>}
            <ValueCard said={said} />
            {legends.map(({ title, look }, n) => (
              <RampLegend key={n} title={title} palette={look.palette} low={look.range.low} high={look.range.high} />
            ))}
          </MapStage>
        )}
      </section>
      <aside className={styles.panel} aria-label={words('panel')}>
        <VisuallyHidden component="h2">{words('name')}</VisuallyHidden>
        <SegmentedControl<MapTab>
          aria-label={words('tabs.name')}
          fullWidth
          size="xs"
          value={tab}
          onChange={(next) => change({ tab: next })}
          data={tabs.map((value) => ({ value, label: words(`tabs.${value}`) }))}
        />
        {tab === 'look' && (
          <>
            <LookPanel product={product} beside={beside} seen={seen} onChange={change} />
            <WindowsLegend windows={windows} />
          </>
        )}
        {tab === 'make' && <MakePanel onChange={change} />}
        {tab === 'mosaic' && <MosaicPanel picker={corners.picker} onChange={change} />}
        {tab === 'shared' && (
          <SharedPanel
            catalogue={catalogue}
            picker={corners.picker}
            product={seen.product}
            onChange={change}
            onGo={go}
          />
        )}
      </aside>
    </div>
  );
}
