"""Inputs, peer and judge of the raster bench.

    raster-peer.py make RED NIR SIDE SEED            writes two uint16 COGs, made of fixtures/landsat
    raster-peer.py ndvi RED NIR OUT COMPRESSION LEVEL   prints seconds, seconds of processor time, peak RSS in MiB, bytes
    raster-peer.py differ A B                        prints how many samples differ
"""

import resource
import sys
import time
from pathlib import Path

import numpy as np
import rasterio
from osgeo import gdal, gdal_array

gdal.UseExceptions()
BANDS = Path(__file__).parents[1] / 'fixtures/landsat/bands.tif'
RED, NIR = 3, 4
THREADS = '2'


def write(array, geo, path, *options):
    # The array is the dataset: nothing is copied before it is encoded.
    dataset = gdal_array.OpenArray(array)
    dataset.SetProjection(geo[0])
    dataset.SetGeoTransform(geo[1])
    options = ['BLOCKSIZE=512', 'PREDICTOR=YES', 'OVERVIEW_RESAMPLING=AVERAGE', f'NUM_THREADS={THREADS}', *options]
    gdal.Translate(path, dataset, format='COG', creationOptions=options)


def make(red, nir, side, seed):
    """Copies of the scene side by side, each turned and lit by chance, with grain: no two alike."""
    random = np.random.default_rng(seed)
    with rasterio.open(BANDS) as file:
        scene, geo = file.read([RED, NIR]), (file.crs.to_wkt(), file.transform.to_gdal())
    _, height, width = scene.shape
    rows, columns = -(-side // height), -(-side // width)
    whole = np.empty((2, rows * height, columns * width), 'uint16')
    for row in range(rows):
        for column in range(columns):
            flips = scene[:, :: random.choice([1, -1]), :: random.choice([1, -1])]
            lit = flips * random.uniform(0.8, 1.2) + random.integers(-8, 9, scene.shape)
            whole[:, row * height : (row + 1) * height, column * width : (column + 1) * width] = lit.clip(1, 65535)
    for path, band in zip((red, nir), whole):
        write(np.ascontiguousarray(band[:side, :side]), geo, path, 'COMPRESS=DEFLATE')


def ndvi(red, nir, out, compression, level):
    start, busy = time.perf_counter(), time.process_time()
    with rasterio.Env(GDAL_NUM_THREADS=THREADS):
        with rasterio.open(red) as file:
            r, geo = file.read(1).astype('float32'), (file.crs.to_wkt(), file.transform.to_gdal())
        with rasterio.open(nir) as file:
            n = file.read(1).astype('float32')
    with np.errstate(all='ignore'):
        result = (n - r) / (n + r)
    result[~np.isfinite(result)] = np.nan
    write(result, geo, out, f'COMPRESS={compression.upper()}', f'LEVEL={level}')
    took, busy = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(took, busy, peak, Path(out).stat().st_size)


def differ(a, b):
    with rasterio.open(a) as first, rasterio.open(b) as second:
        x, y = first.read(1).view('uint32'), second.read(1).view('uint32')
    print(int(((x != y) & ~(np.isnan(x.view('float32')) & np.isnan(y.view('float32')))).sum()))


command, *arguments = sys.argv[1:]
if command == 'make':
    make(*arguments[:2], *map(int, arguments[2:]))
else:
    {'ndvi': ndvi, 'differ': differ}[command](*arguments)
