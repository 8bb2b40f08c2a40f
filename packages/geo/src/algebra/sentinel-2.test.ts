import { describe, expect, it } from 'vitest';
import { reflectance } from './scaling.ts';
import { sentinel2Scaling, stacScaling } from './sentinel-2.ts';

const everySample = Uint16Array.from({ length: 65_536 }, (_, sample) => sample);

describe('reflectances of Sentinel-2', () => {
  it('are (sample − 1000) / 10000 since baseline 04.00, for every sample', () => {
    const values = reflectance(everySample, sentinel2Scaling({ processingBaseline: '04.00' }));
    const wrong = everySample.filter((sample) => {
      const wanted = (sample - 1000) / 10_000;
      // A tenth and a ten-thousandth are no binary fractions: the 53rd bit may differ, and with it rarely the 24th.
      return Math.abs(values[sample]! - wanted) > Math.abs(wanted) * 2 ** -23;
    });
    expect([...wrong]).toEqual([]);
    expect(values[1000]).toBe(0);
    expect(values[0]).toBe(Math.fround(-0.1));
  });

  it.each([
    ['02.14', 0],
    ['03.01', 0],
    ['04.00', -0.1],
    ['05.11', -0.1],
    ['N0509', -0.1],
    ['N0301', 0],
    ['10.00', -0.1],
  ])('of baseline %s have the offset %d', (processingBaseline, offset) => {
    expect(sentinel2Scaling({ processingBaseline })).toEqual({ scale: 0.0001, offset, source: 'baseline' });
  });

  it('are not guessed', () => {
    for (const processingBaseline of [undefined, '', '5', 'new', 'N05091'])
      expect(() => sentinel2Scaling({ processingBaseline })).toThrow(
        expect.objectContaining({ code: 'UNSUPPORTED_RASTER' }),
      );
  });
});

describe('scaling of assets of STAC items', () => {
  const band = { scale: 0.0001, offset: -0.1 };

  it('subtracts nothing from what Earth Search has harmonised, although its raster:bands say so', () => {
    const properties = { 'earthsearch:boa_offset_applied': true, 's2:processing_baseline': '05.09' };
    expect(stacScaling(properties, band)).toEqual({ scale: 0.0001, offset: 0, source: 'harmonised' });
  });

  it('goes by the baseline where nothing was harmonised, although raster:bands may not say so', () => {
    const properties = { 'earthsearch:boa_offset_applied': false, 's2:processing_baseline': '05.09' };
    const wanted = { scale: 0.0001, offset: -0.1, source: 'baseline' };
    expect(stacScaling(properties, band)).toEqual(wanted);
    expect(stacScaling({ 's2:processing_baseline': '05.09' }, { scale: 0.0001 })).toEqual(wanted);
    expect(stacScaling({ 's2:processing_baseline': '02.09' }, band)).toMatchObject({ offset: 0 });
  });

  it('believes other sensors, and has none where nothing is said', () => {
    expect(stacScaling({}, { scale: 0.0000275, offset: -0.2 })).toEqual({
      scale: 0.0000275,
      offset: -0.2,
      source: 'stac',
    });
    expect(stacScaling({ 's2:processing_baseline': '05.09' }, { scale: 0.001 })).toMatchObject({ source: 'stac' });
    expect(stacScaling({}, undefined)).toEqual({ scale: 1, offset: 0, source: 'none' });
  });
});
