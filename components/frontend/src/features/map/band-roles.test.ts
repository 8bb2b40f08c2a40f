import { expect, it } from 'vitest';
import { guessFiles, roleOfFile } from './band-roles.ts';

it.each([
  ['l8_B4.tif', 'red'],
  ['LC08_L2SP_013032_20230806_SR_B5.TIF', 'nir'],
  ['LC09_SR_B6.TIF', 'swir1'],
  ['T33UVP_20240601_B08_10m.jp2', 'nir'],
  ['B8A.tif', 'nir08'],
  ['S2_B11.tif', 'swir1'],
  ['B04.tif', 'red'],
  ['red.tif', 'red'],
  ['scene-nir.tif', 'nir'],
  ['swir1.tif', 'swir1'],
  ['green_2024.tif', 'green'],
  ['infrared.tif', undefined],
  ['DJI_0042.tif', undefined],
])('the band in %s is %s', (name, role) => {
  expect(roleOfFile(name)).toBe(role);
});

it('gives each band its file, whatever their order, and the rest to files that say nothing', () => {
  expect(guessFiles('ndvi', ['l8_B5.tif', 'l8_B4.tif'])).toEqual({ nir: 0, red: 1 });
  expect(guessFiles('ndvi', ['first.tif', 'red.tif'])).toEqual({ red: 1, nir: 0 });
  expect(guessFiles('ndsi', ['l8_B4.tif'])).toEqual({});
});
