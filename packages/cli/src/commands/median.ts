import type { CompositeRule } from '@tessera/contracts';
import { AppError } from '@tessera/runtime/app-error';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { findScenes } from '../products/find-scenes.ts';
import type { ProductOrder } from '../products/make-product.ts';
import { parseRule, RULES, wholeNumbers } from '../products/rule-argument.ts';
import type { CliDeps } from './deps.ts';
import { whole } from './options.ts';
import { productOptions, requestFlags, type ProductFlags } from './product-options.ts';
import { runProduct } from './run-product.ts';

interface MedianFlags extends ProductFlags {
  readonly scenes: readonly string[];
  readonly rule: CompositeRule;
  readonly bands?: readonly number[];
  readonly window?: readonly number[];
  readonly nodata: number;
  readonly saturation?: number | null;
  readonly maskBand?: number;
  readonly clearClasses?: readonly number[];
  readonly clearBits?: readonly number[];
}

const MORE = `
Scenes have to lie over each other pixel by pixel. A pixel counts only where none of its bands is nodata or saturated.

Example:
  tessera median --scenes 'year/*.tif' --rule median-luminance --bands 1,2,3 -o median.tif`;

/** `tessera median`: many scenes in, one composite out. */
export function addMedian(program: Command, deps: CliDeps, exit: (code: number) => void): void {
  const command = program
    .command('median')
    .description('the median, or another statistic, of a series of scenes')
    .addHelpText('after', MORE)
    .requiredOption('--scenes <files...>', 'scenes: names, or quoted patterns such as "year/*.tif"')
    .addOption(
      new Option('--rule <rule>', `how samples become one: ${RULES.join(', ')}`)
        .argParser(parseRule)
        .default({ kind: 'median-luminance', mode: 'exact' }, 'median-luminance'),
    )
    .option('--bands <numbers>', 'bands of each scene, from 1 (default: 1,2,3)', wholeNumbers(1))
    .option('--window <x,y,w,h>', 'part of the scenes in pixels (default: all)', wholeNumbers(0, 4))
    .option('--nodata <value>', 'sample that stands for “not measured”', whole(0, 65_535), 0)
    .option('--saturation <value>', 'sample that is too bright to tell, or none (default: 255 in 8 bits)', saturation)
    .option('--mask-band <number>', 'band of each scene that says what is clear', whole(1, 65_535))
    .addOption(
      new Option('--clear-classes <values>', 'values of the mask band that are clear: 4,5,6 in Sentinel-2’s SCL')
        .argParser(wholeNumbers(0))
        .conflicts('clearBits'),
    )
    .option(
      '--clear-bits <bits>',
      'bits of the mask band that must be 0: 0,1,3,4 in Landsat’s QA_PIXEL',
      wholeNumbers(0),
    );
  productOptions(command).action(async (flags: MedianFlags) =>
    exit(await runProduct(() => orderOf(flags), flags, deps)),
  );
}

async function orderOf(flags: MedianFlags): Promise<ProductOrder> {
  const { output, overwrite, parallel, rule, bands, window, nodata, saturation: bright, maskBand } = flags;
  const clear = clearRule(flags);
  if (rule.kind === 'median-luminance' && bands !== undefined && bands.length !== 3) {
    throw new AppError('BAD_REQUEST', {
      message: '--rule median-luminance needs three bands; --rule median takes each by itself',
    });
  }
  const files = await findScenes(flags.scenes);
  const [x = 0, y = 0, width = 0, height = 0] = window ?? [];
  return {
    files,
    output,
    overwrite,
    parallel,
    ask: (client, signal, image) =>
      client.product(
        {
          ...requestFlags(flags),
          product: {
            kind: 'composite',
            composite: { rule, nodata, saturation: bright, clear },
            scenes: files.map((file) => ({ image: image(file) })),
            bands: bands === undefined ? undefined : [...bands],
            maskBand,
            window: window === undefined ? undefined : [x, y, width, height],
          },
        },
        signal,
      ),
  };
}

function clearRule({ maskBand, clearClasses, clearBits }: MedianFlags) {
  const rule =
    clearClasses !== undefined
      ? { kind: 'classes' as const, clear: [...clearClasses] }
      : clearBits && { kind: 'bits' as const, zero: [...clearBits] };
  if ((rule === undefined) !== (maskBand === undefined)) {
    throw new AppError('BAD_REQUEST', {
      message: 'Give --mask-band together with --clear-classes or --clear-bits',
    });
  }
  return rule;
}

function saturation(text: string): number | null {
  if (text === 'none') return null;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) {
    throw new InvalidArgumentError('must be a whole number up to 65535, or none.');
  }
  return value;
}
