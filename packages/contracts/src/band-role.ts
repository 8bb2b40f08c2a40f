import * as z from 'zod';

/**
 * What a band sees, whatever its sensor calls it. Expressions and indices name bands so; `b1`, `b2`, … name them by
 * their number in a file. With the number of the band on Sentinel-2 and on Landsat 8 and 9.
 */
export const bandRoleSchema = z.enum([
  'coastal', // B01, B1
  'blue', // B02, B2
  'green', // B03, B3
  'red', // B04, B4
  'rededge1', // B05
  'rededge2', // B06
  'rededge3', // B07
  'nir', // B08, B5
  'nir08', // B8A, B5
  'nir09', // B09
  'cirrus', // B10, B9
  'swir1', // B11, B6
  'swir2', // B12, B7
  'pan', // B8 of Landsat
  'thermal1', // B10 of Landsat
  'thermal2', // B11 of Landsat
]);
export type BandRole = z.infer<typeof bandRoleSchema>;
