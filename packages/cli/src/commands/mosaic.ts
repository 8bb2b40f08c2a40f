import { INDICES, mosaicRuleSchema, resamplingSchema, type MosaicRule, type Resampling } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { MosaicWish } from '../api-client.ts';
import type { ProductOrder } from '../products/make-product.ts';
import type { CliDeps } from './deps.ts';
import { whole } from './options.ts';
import { productOptions, requestFlags, type ProductFlags } from './product-options.ts';
import { runProduct } from './run-product.ts';

type Box = [number, number, number, number];

interface MosaicFlags extends ProductFlags {
  readonly bbox: Box;
  readonly from: string;
  readonly to: string;
  readonly collection: string;
  readonly endpoint?: string;
  readonly cloud?: number;
  readonly index?: string;
  readonly expression?: string;
  readonly rule: MosaicRule;
  readonly resolution?: number;
  readonly epsg?: number;
  readonly resampling: Resampling;
  readonly allowMissing: boolean;
}

const MORE = `
Scenes are found in the catalogues that the site knows (STAC_ENDPOINTS). West, south, east and north are in degrees;
where one is negative write --bbox=-1.5,50,… . Days are included.

Examples:
  tessera mosaic --bbox 11.4,48.0,11.8,48.3 --from 2024-06-01 --to 2024-08-31 --collection sentinel-2-l2a \\
    --cloud 20 --index ndvi -o ndvi.tif --server https://images.example
  tessera mosaic --bbox=-87.4,30.7,-87.3,30.8 --from 2021-06-01 --to 2021-07-31 --collection landsat --index rgb \\
    --rule median --epsg 3857 --resolution 40 -o rgb.tif`;

/** `tessera mosaic`: a place and a time in, one raster of all scenes of it out. */
export function addMosaic(program: Command, deps: CliDeps, exit: (code: number) => void): void {
  const command = program
    .command('mosaic')
    .description('one raster of the scenes that a catalogue has for a place and a time')
    .addHelpText('after', MORE)
    .requiredOption('--bbox <w,s,e,n>', 'the area: west, south, east, north in degrees', box)
    .requiredOption('--from <date>', 'first day, or moment, as 2024-06-01')
    .requiredOption('--to <date>', 'last day, or moment')
    .requiredOption('--collection <id>', 'collection of the catalogue')
    .option('--endpoint <name>', 'catalogue of the site, where several have the collection')
    .option('--cloud <percent>', 'greatest part of a scene that is cloudy', whole(0, 100))
    .addOption(
      new Option('--index <name>', 'what is computed: rgb or an index')
        .choices(['rgb', ...INDICES.map(({ index }) => index)])
        .conflicts('expression'),
    )
    .option('--expression <text>', 'band math over names such as nir, red and swir1')
    .addOption(
      new Option('--rule <rule>', 'the newest scene first, the least cloudy first, or the median')
        .choices(mosaicRuleSchema.options)
        .default('first'),
    )
    .option('--resolution <side>', 'side of a pixel, in metres or degrees (default: that of the scenes)', positive)
    .option('--epsg <code>', 'reference system (default: that of the scenes, or the UTM zone)', whole(1024, 32_766))
    .addOption(
      new Option('--resampling <how>', 'how samples between pixels are found')
        .choices(resamplingSchema.options)
        .default('bilinear'),
    )
    .option('--allow-missing', 'leave out scenes that can not be read; the file then says that it is partial', false);
  productOptions(command).action(async (flags: MosaicFlags) =>
    exit(await runProduct(() => orderOf(flags), flags, deps)),
  );
}

function orderOf(flags: MosaicFlags): ProductOrder {
  const { output, overwrite, parallel } = flags;
  const mosaic = wishOf(flags);
  return { files: [], output, overwrite, parallel, ask: (client, signal) => client.mosaic(mosaic, signal) };
}

function wishOf(flags: MosaicFlags): MosaicWish {
  const { bbox, from, to, collection, endpoint, cloud, index, expression } = flags;
  const { rule, resolution, epsg, resampling, allowMissing } = flags;
  if (index === undefined && expression === undefined) {
    throw new AppError('BAD_REQUEST', { message: 'Give --index rgb, an index, or --expression' });
  }
  const { name, output, strategy } = requestFlags(flags);
  return {
    name,
    output,
    strategy,
    bbox,
    dateRange: { from, to },
    collection,
    endpoint,
    maxCloudCover: cloud,
    what: expression !== undefined ? { expression } : index === 'rgb' ? 'rgb' : { index: index ?? '' },
    rule,
    resolution,
    epsg,
    resampling,
    allowMissing,
  };
}

function box(text: string): Box {
  const sides = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [west = 0, south = 0, east = 0, north = 0] = sides;
  if (sides.length !== 4 || !sides.every(Number.isFinite)) {
    throw new InvalidArgumentError('must be four numbers with commas between them.');
  }
  return [west, south, east, north];
}

function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('must be above 0.');
  return value;
}
