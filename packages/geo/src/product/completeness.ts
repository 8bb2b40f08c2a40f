import type { Completeness, Region, Scene, SourceSet } from '@tessera/contracts';
import type { WindowReport } from './window-report.ts';

/** A window of a product, and who gave it its samples. */
export interface ReportedWindow {
  readonly region: Region;
  readonly report: WindowReport;
}

/** Tells of a product of scenes which of them served which window, and what is missing. */
export function completenessOf(
  { sources, scenes }: Pick<SourceSet, 'sources' | 'scenes'>,
  windows: readonly ReportedWindow[],
): Completeness {
  const listed = scenes ?? sources.map(({ name }): Scene => ({ name, datetime: null, cloudCover: null, bands: {} }));
  const serving = listed.map((): number[] => []);
  windows.forEach(({ report }, window) => {
    for (const scene of report.scenes) serving[scene]?.push(window);
  });
  return {
    v: 1,
    partial:
      windows.some(({ report }) => report.missing.length > 0) || listed.some(({ missing }) => missing !== undefined),
    scenes: listed.map(({ name, datetime, cloudCover, bands }, scene) => ({
      name,
      datetime,
      cloudCover,
      scalings: Object.fromEntries(Object.entries(bands).map(([band, { scaling }]) => [band, scaling])),
      windows: serving[scene] ?? [],
    })),
    windows: windows.map(({ region, report }) => ({
      ...region,
      scenes: [...report.scenes],
      missing: [...report.missing],
    })),
  };
}
