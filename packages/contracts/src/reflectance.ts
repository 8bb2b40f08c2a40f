import * as z from 'zod';

/** How the samples of a band became physical values: value = sample × `scale` + `offset`. */
export const scalingSchema = z.object({
  scale: z.number(),
  offset: z.number(),
  /**
   * Who said so: `none`: samples are taken as they are; `given`: the person who asked; `file`: the tags of the file;
   * `stac`: the catalogue's `raster:bands`; `baseline`: what Sentinel-2's processing baseline demands; `harmonised`: the
   * keeper of the file has taken the offset out of the samples, whatever the catalogue says of it.
   */
  source: z.enum(['none', 'given', 'file', 'stac', 'baseline', 'harmonised']),
});
export type Scaling = Readonly<z.infer<typeof scalingSchema>>;

/** What was done to a band, for the metadata of a product made from it. */
export const bandProvenanceSchema = z.object({
  /** As the expression calls the band. */
  name: z.string(),
  /** File or asset it was read from. */
  source: z.string(),
  scaling: scalingSchema,
});
export type BandProvenance = Readonly<z.infer<typeof bandProvenanceSchema>>;
