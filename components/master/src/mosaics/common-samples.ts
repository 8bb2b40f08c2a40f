import type { Nodata, RasterCompute, Scaling, Scene } from '@tessera/contracts';
import { SAMPLE_TYPES } from '@tessera/geo';
import type { OpenedScenes } from './open-scenes.ts';

type MosaicSamples = Extract<RasterCompute, { kind: 'mosaic' }>['samples'];

/** Physical values, where samples of different scenes mean different things. */
const PHYSICAL: MosaicSamples = { type: 'float32', scaling: null, nodata: 'nan' };

/** What the mosaic of scenes is made of: their samples as they are, if they mean the same in all, or physical values. */
export function commonSamples({ scenes, facts }: OpenedScenes): MosaicSamples {
  const bands = scenes.flatMap((scene) => Object.values(scene.bands));
  const [first] = bands;
  const [own] = first === undefined ? [] : [facts[first.source]];
  if (first === undefined || own === undefined) return PHYSICAL;
  const isCommon = bands.every(
    ({ scaling, source }) => facts[source]?.type === own.type && isSame(scaling, first.scaling),
  );
  if (!isCommon) return PHYSICAL;
  const isFloat = SAMPLE_TYPES[own.type].kind === 'float';
  const nodata: Nodata = own.nodata ?? first.nodata ?? (isFloat ? 'nan' : 0);
  return { type: own.type, scaling: first.scaling, nodata };
}

/** Bands whose samples have no known meaning. */
export function unscaledBands(scenes: readonly Scene[]): readonly string[] {
  const bands = scenes.flatMap((scene) => Object.entries(scene.bands));
  return [...new Set(bands.flatMap(([name, { scaling }]) => (scaling.source === 'none' ? [name] : [])))];
}

const isSame = (a: Scaling, b: Scaling): boolean => a.scale === b.scale && a.offset === b.offset;
