import { INDICES, type IndexDefinition, type RasterIndexInput } from '@tessera/contracts';
import { indexExpression } from '@tessera/geo/index-expression';
import { AppError } from '@tessera/runtime/app-error';
import { Option, type Command } from 'commander';
import * as z from 'zod';
import { parseBandFile, parseNamedBand, type BandFile } from '../products/band-argument.ts';
import type { ProductOrder } from '../products/make-product.ts';
import { parseNumber, parsePerBand, perBand, type PerBand } from '../products/scaling-argument.ts';
import type { CliDeps } from './deps.ts';
import { productOptions, requestFlags, type ProductFlags } from './product-options.ts';
import { runProduct } from './run-product.ts';

interface IndexFlags extends ProductFlags {
  readonly scale: PerBand;
  readonly offset: PerBand;
}

const NONE: PerBand = { named: {} };
const REFLECTANCE = `
This index needs reflectances from 0 to 1. Where the files do not say how their samples become such, give --scale and
--offset: 0.0001 and -0.1 for Sentinel-2 since 2022 (0 before), 0.0000275 and -0.2 for Landsat collection 2.`;

/** `tessera ndvi` and one command for every other index of the catalogue. */
export function addIndices(program: Command, deps: CliDeps, exit: (code: number) => void): void {
  for (const definition of INDICES) addIndex(program, definition, deps, exit);
}

function addIndex(program: Command, definition: IndexDefinition, deps: CliDeps, exit: (code: number) => void): void {
  const { index, title, description, expression, bands, needsReflectance } = definition;
  const command = program
    .command(index)
    .description(`${title}, ${expression}, as a float32 GeoTIFF. ${description}`)
    .addHelpText('after', example(definition) + (needsReflectance ? REFLECTANCE : ''));
  for (const band of bands) {
    const option = new Option(`--${band} <file[:band]>`, `file of the band ${band}; :N is its number in the file`);
    command.addOption(option.argParser(parseBandFile).makeOptionMandatory());
  }
  const params = paramsOf(definition);
  for (const { name, words, fallback } of params) {
    command.option(`--${name} <number>`, words, parseNumber, fallback);
  }
  scalingOptions(command);
  productOptions(command).action(async (flags: IndexFlags & Readonly<Record<string, unknown>>) => {
    const given = Object.fromEntries(bands.map((band) => [band, flags[band] as BandFile]));
    const values = Object.fromEntries(params.map(({ name }) => [name, flags[name]]));
    exit(await runProduct(() => orderOf({ index, params: values }, given, flags), flags, deps));
  });
}

/** `tessera band-math`: an expression over named bands. */
export function addBandMath(program: Command, deps: CliDeps, exit: (code: number) => void): void {
  const command = program
    .command('band-math')
    .description('an expression over named bands, as a float32 GeoTIFF')
    .argument('<expression>', 'for example "(nir - red) / (nir + red)" or "where(b1 > 0, sqrt(b1), 0)"')
    .addHelpText(
      'after',
      '\nExample:\n  tessera band-math "swir1 / nir" --band swir1=B11.tif --band nir=B08.tif:1 -o ratio.tif',
    )
    .addOption(
      new Option('--band <name=file[:band]>', 'a band of the expression; :N is its number in the file (repeat)')
        .argParser(parseNamedBand)
        .default({}, 'none'),
    );
  scalingOptions(command);
  productOptions(command).action(
    async (expression: string, flags: IndexFlags & { readonly band: Readonly<Record<string, BandFile>> }) =>
      exit(
        await runProduct(
          () => {
            checkExpression(expression, Object.keys(flags.band));
            return orderOf({ expression }, flags.band, flags);
          },
          flags,
          deps,
        ),
      ),
  );
}

/** Faults of an expression are told before anything is sent. */
function checkExpression(expression: string, given: readonly string[]): void {
  const { bands } = indexExpression({ expression }, given);
  const unread = given.find((name) => !bands.includes(name));
  if (unread !== undefined) {
    throw new AppError('BAD_REQUEST', { message: `--band ${unread}=…: the expression does not read this band` });
  }
}

function orderOf(index: RasterIndexInput, bands: Readonly<Record<string, BandFile>>, flags: IndexFlags): ProductOrder {
  const names = Object.keys(bands);
  const scales = perBand('--scale', flags.scale, names);
  const offsets = perBand('--offset', flags.offset, names);
  const { output, overwrite, parallel } = flags;
  return {
    files: [...new Set(Object.values(bands).map(({ file }) => file))],
    output,
    overwrite,
    parallel,
    ask: (client, signal, image) =>
      client.product(
        {
          ...requestFlags(flags),
          product: {
            kind: 'index',
            index,
            bands: Object.fromEntries(
              Object.entries(bands).map(([name, { file, band }]) => [
                name,
                { raster: { image: image(file) }, band, scale: scales[name], offset: offsets[name] },
              ]),
            ),
          },
        },
        signal,
      ),
  };
}

function scalingOptions(command: Command): void {
  const words =
    'physical value = sample × scale + offset; NAME=VALUE for one band (repeat); default: what the file says';
  command
    .addOption(new Option('--scale <value>', words).argParser(parsePerBand).default(NONE, 'of the file'))
    .addOption(new Option('--offset <value>', 'see --scale').argParser(parsePerBand).default(NONE, 'of the file'));
}

interface Param {
  readonly name: string;
  readonly words: string;
  readonly fallback: number;
}

const paramSchema = z.object({ title: z.string(), description: z.string(), default: z.number() });

/** The constants of an index, as its schema describes them. */
function paramsOf({ params }: IndexDefinition): readonly Param[] {
  const { properties } = z.toJSONSchema(params, { io: 'input' });
  return Object.entries(properties ?? {}).map(([name, schema]) => {
    const { title, description, default: fallback } = paramSchema.parse(schema);
    return { name, words: `${title}: ${description}`, fallback };
  });
}

function example({ index, bands, needsReflectance }: IndexDefinition): string {
  const files = bands.map((band, n) => `--${band} ${n === 0 ? `${band}.tif` : `scene.tif:${String(n + 1)}`}`).join(' ');
  const scaling = needsReflectance ? ' --scale 0.0001 --offset -0.1' : '';
  return `\nExample:\n  tessera ${index} ${files}${scaling} -o ${index}.tif`;
}
