import type { Composite, Region, SampleType } from '@tessera/contracts';
import type { RasterBlock } from '../raster/raster-block.ts';

/** What a scene has to give for the region of an accumulator. */
export interface SceneSamples {
  /** The scene's place in the list of scenes, from 0. Scenes may come in any order, each once; some may be missing. */
  readonly scene: number;
  /** The scene's samples in exactly the accumulator's region. */
  readonly block: RasterBlock;
  /** The band that `Composite.clear` reads, over the same region; needed if the composite has that rule. */
  readonly mask?: RasterBlock | undefined;
}

/** Makes one block of the blocks of many scenes over one region. */
export interface CompositeAccumulator {
  readonly region: Region;
  /**
   * Takes what one scene has; keeps no reference to it.
   *
   * @throws AppError RASTER_MISMATCH if the block is of another region, type or number of bands.
   */
  add(samples: SceneSamples): void;
  /**
   * The composite of all that was added; to be called once. Where no sample counts its bands hold `nodata` and `valid` is
   * 0; counts are always valid. Samples are of the scenes' type, of a mean float32, of counts uint16.
   */
  finish(): RasterBlock;
}

/** What an accumulator is made for. */
export interface AccumulatorRequest {
  readonly composite: Composite;
  readonly region: Region;
  /** Type of the scenes' samples. */
  readonly type: SampleType;
  /** Bands of each scene; `median-luminance` takes 3: red, green, blue. */
  readonly bands: number;
  /** How many scenes there are at most. */
  readonly scenes: number;
}
