import { hash } from 'node:crypto';
import type { SampleType } from '@tessera/contracts';
import { encodeJpegTile } from '../../../codec/src/encode-jpeg-tile.ts';
import type { RasterBlock } from '../raster/raster-block.ts';
import { SAMPLE_TYPES, type Samples } from '../raster/sample-type.ts';
import { assembleCog } from './assemble-cog.ts';
import type { CogLayout } from './cog-layout.ts';
import { encodePiece, type CogPiece } from './encode-piece.ts';
import { halveBlock } from './halve-block.ts';
import { joinReduced } from './join-reduced.ts';
import type { PieceRegion } from './piece-region.ts';
import { pieceFacts, pieceRecord } from './piece-record.ts';
import { pieceInputs, planPieces, type PieceStage } from './plan-pieces.ts';
import { reducedBlock, reducedBytes } from './reduced-bytes.ts';

/** A rectangle cut out of a raster. */
export function cutBlock(
  whole: RasterBlock,
  { x, y, width, height }: Omit<PieceRegion, 'level' | 'levels'>,
): RasterBlock {
  const bands = whole.bands.map((band) => {
    const cut = SAMPLE_TYPES[whole.type].samples(width * height);
    for (let row = 0; row < height; row++) {
      const from = (y + row) * whole.width + x;
      cut.set(band.subarray(from, from + width), row * width);
    }
    return cut;
  });
  return { x, y, width, height, type: whole.type, bands, valid: bands.map(() => undefined) };
}

/** Encodes all pieces of a plan, each from its own samples or from what the stage before left over. */
export async function encodeStages(
  layout: CogLayout,
  whole: RasterBlock,
  stages: readonly PieceStage[],
): Promise<CogPiece[]> {
  const pieces: CogPiece[] = [];
  let before: readonly CogPiece[] = [];
  for (const [index, stage] of stages.entries()) {
    const made: CogPiece[] = [];
    for (const region of stage.regions) {
      const inputs = index === 0 ? [] : pieceInputs(stages[index - 1]!, region).map((input) => before[input]!);
      const block =
        index === 0
          ? cutBlock(whole, region)
          : joinReduced(
              layout,
              region,
              inputs.map((input) => reducedBlock(layout, input.region, reducedBytes(input.reduced!))),
            );
      made.push(await encodePiece(layout, region, block, encodeJpegTile));
    }
    pieces.push(...made);
    before = made;
  }
  return pieces;
}

/** The finished file of pieces. */
export function joinPieces(layout: CogLayout, pieces: readonly CogPiece[]): Buffer {
  // As it is when another machine assembles.
  const facts = pieces.map((piece) => pieceFacts(layout, piece.region, pieceRecord(piece)));
  const { segments, bytes } = assembleCog(layout, facts);
  const file = Buffer.concat(
    segments.map((segment) =>
      segment instanceof Uint8Array ? segment : pieces[segment.piece]!.bytes.subarray(segment.start, segment.end),
    ),
  );
  if (file.length !== bytes) throw new Error(`The file has ${file.length} bytes instead of ${bytes}.`);
  return file;
}

/** A whole file, its work divided into regions of about so many pixels. */
export async function writeCog(layout: CogLayout, whole: RasterBlock, pixels: number): Promise<Buffer> {
  return joinPieces(layout, await encodeStages(layout, whole, planPieces(layout, pixels)));
}

/** SHA-256 of each band of each level, as oracle.py has it. */
export function levelDigests(layout: CogLayout, whole: RasterBlock): string[][] {
  const digests: string[][] = [];
  let block = whole;
  for (let level = 0; level < layout.levels.length; level++) {
    if (level > 0) block = halveBlock(block, layout);
    digests.push(block.bands.map((band) => hash('sha256', new Uint8Array(band.buffer), 'hex')));
  }
  return digests;
}

/** Samples that look like a picture with noise, the same for the same seed; some are `hole`, if there is one. */
export function makeRaster(
  size: { readonly width: number; readonly height: number },
  type: SampleType,
  bandCount: number,
  { seed = 1, hole }: { readonly seed?: number; readonly hole?: number } = {},
): RasterBlock {
  const { width, height } = size;
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const { kind, range } = SAMPLE_TYPES[type];
  const [low, high] = kind === 'float' ? [-1, 1] : range;
  const down = Array.from({ length: height }, (_, y) => Math.cos(y / 30) * 0.45);
  const bands: Samples[] = Array.from({ length: bandCount }, (_, band) => {
    const samples = SAMPLE_TYPES[type].samples(width * height);
    const across = Array.from({ length: width }, (_, x) => Math.sin(x / 40 + band));
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at++) {
        const value = low + (high - low) * (across[x]! * down[y]! + 0.5 + 0.05 * random());
        samples[at] = hole !== undefined && random() < 0.2 ? hole : kind === 'float' ? value : Math.floor(value);
      }
    }
    return samples;
  });
  return { x: 0, y: 0, width, height, type, bands, valid: bands.map(() => undefined) };
}
