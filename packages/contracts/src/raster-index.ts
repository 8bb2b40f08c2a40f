import * as z from 'zod';
import type { BandRole } from './band-role.ts';
import type { Palette } from './palette.ts';

/** What everybody may know of an index: its words for people, what it reads, how it is computed and drawn. */
export interface IndexDefinition<Name extends string = string, Params extends z.ZodObject = z.ZodObject> {
  readonly index: Name;
  readonly title: string;
  readonly description: string;
  /** Over the names of `bands` and `params`. */
  readonly expression: string;
  readonly bands: readonly BandRole[];
  readonly params: Params;
  /** Values it can have, or has in practice; the ends of its palette. */
  readonly range: readonly [number, number];
  readonly palette: Palette;
  /** Whether bands have to be reflectances from 0 to 1: its constants are of that size. */
  readonly needsReflectance: boolean;
}

function define<const Name extends string, Params extends z.ZodObject>(
  definition: IndexDefinition<Name, Params>,
): IndexDefinition<Name, Params> {
  return definition;
}

const none = z.strictObject({});

function coefficient(title: string, text: string, value: number) {
  return z.number().min(-100).max(100).default(value).describe(text).meta({ title });
}

/** Every index of the catalogue, in the order in which people see them. */
export const INDICES = [
  define({
    index: 'ndvi',
    title: 'NDVI',
    description: 'Vegetation: green plants reflect near infrared and take in red.',
    expression: '(nir - red) / (nir + red)',
    bands: ['nir', 'red'],
    params: none,
    range: [-1, 1],
    palette: 'vegetation',
    needsReflectance: false,
  }),
  define({
    index: 'ndsi',
    title: 'NDSI',
    description: 'Snow and ice: bright in green, dark in short-wave infrared; above 0.4 it is mostly snow.',
    expression: '(green - swir1) / (green + swir1)',
    bands: ['green', 'swir1'],
    params: none,
    range: [-1, 1],
    palette: 'snow',
    needsReflectance: false,
  }),
  define({
    index: 'ndwi',
    title: 'NDWI',
    description: 'Open water (McFeeters): water reflects green and takes in near infrared.',
    expression: '(green - nir) / (green + nir)',
    bands: ['green', 'nir'],
    params: none,
    range: [-1, 1],
    palette: 'water',
    needsReflectance: false,
  }),
  define({
    index: 'ndbi',
    title: 'NDBI',
    description: 'Built-up land and bare soil: brighter in short-wave than in near infrared.',
    expression: '(swir1 - nir) / (swir1 + nir)',
    bands: ['swir1', 'nir'],
    params: none,
    range: [-1, 1],
    palette: 'built-up',
    needsReflectance: false,
  }),
  define({
    index: 'evi',
    title: 'EVI',
    description: 'Vegetation, also where it is dense, with the haze that blue shows taken out.',
    expression: 'G * (nir - red) / (nir + C1 * red - C2 * blue + L)',
    bands: ['nir', 'red', 'blue'],
    params: z.strictObject({
      G: coefficient('Gain G', 'Factor of the whole index.', 2.5),
      C1: coefficient('Aerosol coefficient C1', 'Weight of red in the correction for haze.', 6),
      C2: coefficient('Aerosol coefficient C2', 'Weight of blue in the correction for haze.', 7.5),
      L: coefficient('Canopy background L', 'Correction for the ground below the plants.', 1),
    }),
    range: [-1, 1],
    palette: 'vegetation',
    needsReflectance: true,
  }),
  define({
    index: 'savi',
    title: 'SAVI',
    description: 'Vegetation where it is sparse, with the brightness of the soil taken out.',
    expression: '(1 + L) * (nir - red) / (nir + red + L)',
    bands: ['nir', 'red'],
    params: z.strictObject({
      L: coefficient(
        'Soil brightness L',
        '0 for dense vegetation (then it is NDVI), 1 for hardly any, 0.5 for most places.',
        0.5,
      ),
    }),
    range: [-1, 1],
    palette: 'vegetation',
    needsReflectance: true,
  }),
] as const;

export type IndexName = (typeof INDICES)[number]['index'];

/** Longest expression that is read, in characters. */
export const MAX_EXPRESSION_LENGTH = 500;

/** A named index with complete parameters, or an expression over names of bands. */
export type RasterIndex =
  { readonly index: IndexName; readonly params: Readonly<Record<string, number>> } | { readonly expression: string };

/** An index as people write it: parameters left out take their defaults. */
export interface RasterIndexInput {
  index?: string;
  expression?: string;
  params?: Record<string, unknown> | undefined;
}

function option(definition: IndexDefinition) {
  const params: z.ZodType = definition.params;
  return z.strictObject({ index: z.literal(definition.index), params: params.prefault({}) });
}

const [first, ...rest] = INDICES;

/** Whether an expression can be computed is told by the parser of @tessera/geo, with the place of the fault. */
export const rasterIndexSchema = z.union([
  z.discriminatedUnion('index', [option(first), ...rest.map(option)]),
  z.strictObject({ expression: z.string().trim().min(1).max(MAX_EXPRESSION_LENGTH) }),
]) as unknown as z.ZodType<RasterIndex, RasterIndexInput>;
