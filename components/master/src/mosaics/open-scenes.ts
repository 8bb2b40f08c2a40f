import type { RasterFacts, RasterSource, Scene, SceneBand } from '@tessera/contracts';
import { fileScaling, isKnownSystem, missingScene } from '@tessera/geo';
import { AppError } from '@tessera/runtime';
import { openSources, type SourceAccess } from '../products/open-sources.ts';
import type { ChosenBand } from './choose-bands.ts';

/** Scenes whose headers are read at one time. */
const PARALLEL = 4;

/** A scene of a catalogue, and where its bands are. */
export interface FoundScene {
  readonly id: string;
  readonly datetime: string | null;
  readonly cloudCover: number | null;
  /** By their names in the product; `undefined`: it has no such band. */
  readonly bands: Readonly<Record<string, ChosenBand | undefined>>;
}

/** Scenes whose headers were read. */
export interface OpenedScenes {
  readonly sources: readonly RasterSource[];
  readonly scenes: readonly Scene[];
  /** Of each source. */
  readonly facts: readonly RasterFacts[];
}

interface OpenedScene {
  readonly scene: FoundScene;
  readonly files: readonly { readonly source: RasterSource; readonly facts: RasterFacts }[];
  /** Place of each file by its address. */
  readonly places: ReadonlyMap<string, number>;
}

/**
 * Reads the headers of all files that scenes are made of.
 *
 * @param allowMissing Note scenes that can not be read, instead of failing.
 * @throws AppError UNSUPPORTED_RASTER, CORRUPT_RASTER, SCENE_UNAVAILABLE, NO_GEOREFERENCE with the scene's name in front;
 *   URL_REFUSED.
 */
export async function openScenes(
  access: SourceAccess,
  found: readonly FoundScene[],
  allowMissing: boolean,
): Promise<OpenedScenes> {
  const opened: (OpenedScene | Scene)[] = [];
  for (let start = 0; start < found.length; start += PARALLEL) {
    const some = found.slice(start, start + PARALLEL);
    opened.push(...(await Promise.all(some.map((scene) => attempt(access, scene, allowMissing)))));
  }
  const sources: RasterSource[] = [];
  const facts: RasterFacts[] = [];
  const scenes = opened.map((one): Scene => {
    if (!('files' in one)) return one;
    const scene = sceneOf(one, sources.length);
    for (const file of one.files) {
      sources.push(file.source);
      facts.push(file.facts);
    }
    return scene;
  });
  return { sources, scenes, facts };
}

async function attempt(access: SourceAccess, scene: FoundScene, allowMissing: boolean): Promise<OpenedScene | Scene> {
  try {
    return await open(access, scene);
  } catch (error) {
    const gone = allowMissing ? missingScene(0, error) : undefined;
    if (gone === undefined) throw error;
    const { id: name, datetime, cloudCover } = scene;
    return { name, datetime, cloudCover, bands: {}, missing: { code: gone.code, message: gone.message } };
  }
}

async function open(access: SourceAccess, scene: FoundScene): Promise<OpenedScene> {
  const bands = Object.entries(scene.bands).map(([name, band]) => {
    if (band !== undefined) return band;
    throw new AppError('UNSUPPORTED_RASTER', { message: `${scene.id}: it has no band ${name}.` });
  });
  const assets = new Map(bands.map(({ url, asset }) => [url, asset]));
  const urls = [...assets.keys()];
  const opened = await openSources(
    access,
    urls.map((url) => ({ url })),
  );
  const files = opened.map(({ source, facts }, n) => {
    const named = { ...source, name: `${scene.id}/${assets.get(urls[n] ?? '') ?? ''}` };
    return { source: { ...named, lies: placementOf(named.name, facts) }, facts };
  });
  return { scene, files, places: new Map(urls.map((url, n) => [url, n])) };
}

function placementOf(name: string, { width, height, overviews, epsg, transform }: RasterFacts) {
  if (epsg === null || transform === null) {
    throw new AppError('NO_GEOREFERENCE', { message: `${name} does not say where on the earth it lies.` });
  }
  if (!isKnownSystem(epsg)) {
    const message = `${name}: EPSG:${String(epsg)} is not a reference system that this site reprojects.`;
    throw new AppError('UNSUPPORTED_RASTER', { message });
  }
  return { width, height, overviews, epsg, transform };
}

function sceneOf({ scene, files, places }: OpenedScene, first: number): Scene {
  const { id: name, datetime, cloudCover } = scene;
  const bands = Object.entries(scene.bands).map(([role, band]): [string, SceneBand] => {
    const place = places.get(band?.url ?? '') ?? 0;
    const facts = files[place]?.facts;
    const described = band && facts?.bands[band.band];
    if (band === undefined || described === undefined || facts === undefined) {
      throw new AppError('RASTER_MISMATCH', { message: `${name}: its file has no band ${role}.` });
    }
    const nodata = facts.nodata === null ? band.nodata : undefined;
    return [
      role,
      {
        source: first + place,
        band: band.band,
        scaling: band.scaling ?? fileScaling(described),
        ...(nodata === undefined ? {} : { nodata }),
      },
    ];
  });
  return { name, datetime, cloudCover, bands: Object.fromEntries(bands) };
}
