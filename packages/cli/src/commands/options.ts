import { TILE_SIDES, type Strategy, type TileLayout } from '@tessera/contracts';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ProgressMode } from '../progress.ts';

/** What every command that makes jobs may be told. */
export interface WorkFlags {
  readonly op: readonly string[];
  readonly quality?: number;
  readonly subsampling?: '4:2:0' | '4:4:4';
  readonly metadata?: 'strip' | 'keep';
  readonly depth?: 'keep' | 8;
  readonly thumbnails?: readonly number[];
  readonly tiles?: TileLayout;
  readonly tileSize?: (typeof TILE_SIDES)[number];
  readonly overlap?: number;
  readonly strategy: Strategy;
  readonly split: 'auto' | 'always' | 'never';
  readonly verify: boolean;
  readonly reuse: boolean;
  readonly parallel: number;
  readonly progress?: ProgressMode;
  readonly json: boolean;
  readonly server?: string;
}

/** Adds the options of `WorkFlags` to a command. */
export function workOptions(command: Command): Command {
  return command
    .option(
      '--op <step>',
      'an operation as name or name:parameter=value,… (repeat for a pipeline)',
      (step, all: string[]) => [...all, step],
      [],
    )
    .option('--quality <1-100>', 'quality of JPEG, WebP, AVIF', whole(1, 100))
    .addOption(new Option('--subsampling <chroma>', 'JPEG chroma subsampling').choices(['4:2:0', '4:4:4']))
    .addOption(
      new Option('--metadata <what>', 'EXIF, place and author of the original in the result').choices([
        'strip',
        'keep',
      ]),
    )
    .addOption(
      new Option('--depth <bits>', 'bits per channel: keep those of the image, or work in 8')
        .choices(['keep', '8'])
        .argParser((text) => depthOf(text)),
    )
    .option('--thumbnails <sides>', 'several files of these longest sides, as a ZIP file: 160,320,640', (text) =>
      text.split(',').map(whole(16, 4096)),
    )
    .addOption(
      new Option('--tiles <layout>', 'a pyramid of tiles for viewers, as a ZIP file, instead of one picture').choices([
        'dzi',
        'iiif',
      ]),
    )
    .addOption(
      new Option('--tile-size <pixels>', 'side of a tile, with --tiles')
        .choices(TILE_SIDES.map(String))
        .argParser((text) => oneOfSides(text)),
    )
    .option('--overlap <pixels>', 'what a tile repeats of its neighbours, with --tiles dzi', whole(0, 16))
    .addOption(
      new Option('--strategy <strategy>', 'who gets a task: whoever is free, or an executor drawn at random')
        .choices(['balanced', 'random'])
        .default('balanced'),
    )
    .addOption(
      new Option('--split <when>', 'split an image over executors')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )
    .option('--verify', 'recompute the result unsplit and fail on any difference', false)
    .option('--no-reuse', 'compute again even if an equal result is stored')
    .option('--parallel <n>', 'files under way at one time', whole(1, 64), 4)
    .addOption(new Option('--progress <how>', 'progress on standard error').choices(['bar', 'plain', 'json', 'none']))
    .option('--json', 'one JSON document on standard output', false)
    .option('--server <url>', 'a Tessera site; without it the work is done in this process');
}

/** Settings of an output besides its format, as given. */
export function outputFlags({
  quality,
  subsampling,
  metadata,
  depth,
  thumbnails,
  tiles,
  tileSize: size,
  overlap,
}: WorkFlags) {
  return {
    ...(quality !== undefined && { quality }),
    ...(subsampling !== undefined && { subsampling }),
    ...(metadata !== undefined && { metadata }),
    ...(depth !== undefined && { depth }),
    ...(thumbnails !== undefined && { thumbnails: [...thumbnails] }),
    ...(tiles !== undefined && {
      tiles: { layout: tiles, ...(size !== undefined && { size }), ...(overlap !== undefined && { overlap }) },
    }),
  };
}

function depthOf(text: string): 'keep' | 8 {
  if (text === 'keep') return text;
  if (text === '8') return 8;
  throw new InvalidArgumentError('must be keep or 8.');
}

function oneOfSides(text: string): (typeof TILE_SIDES)[number] {
  const side = TILE_SIDES.find((one) => String(one) === text);
  if (side === undefined) throw new InvalidArgumentError(`must be one of ${TILE_SIDES.join(', ')}.`);
  return side;
}

/** Makes a reader of whole numbers. */
export const whole =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < min || value > max)
      throw new InvalidArgumentError(`must be a whole number from ${min} to ${max}.`);
    return value;
  };
