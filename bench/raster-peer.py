"""Inputs, peer and judge of the raster bench.

    raster-peer.py make RED NIR SIDE SEED            writes two uint16 COGs, made of fixtures/landsat
    raster-peer.py ndvi RED NIR OUT COMPRESSION LEVEL PNG   prints seconds, seconds of processor time, peak RSS in MiB, bytes
                                                        and seconds of reading, computing, writing; a PNG, if its path is
                                                        not empty. Two threads of GDAL, nothing copied without need
    raster-peer.py plain …                           the same as one writes it who thinks of neither
    raster-peer.py differ A B                        prints how many samples differ
    raster-peer.py scenes RAW SCENES SIDE FOLDER     writes COGs of three 8-bit bands, of scenes of 1024 × 1024 in planes
    raster-peer.py median OUT X Y WIDTH HEIGHT SCENE…   prints seconds; scenes are paths or addresses
    raster-peer.py listed OUT X Y WIDTH HEIGHT SCENE…   the same, as the original worker does it: a list of triplets for
                                                        each pixel, sorted by sum, and ten threads that read
"""

import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import rasterio
import rasterio.windows
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


def ndvi(red, nir, out, compression, level, png, threads=THREADS):
    marks, busy = [time.perf_counter()], time.process_time()
    with rasterio.Env(**({'GDAL_NUM_THREADS': threads} if threads else {})):
        with rasterio.open(red) as file:
            r, profile = file.read(1).astype('float32'), file.profile
        with rasterio.open(nir) as file:
            n = file.read(1).astype('float32')
    marks.append(time.perf_counter())
    with np.errstate(all='ignore'):
        result = (n - r) / (n + r)
    result[~np.isfinite(result)] = np.nan
    marks.append(time.perf_counter())
    if threads:
        geo = profile['crs'].to_wkt(), profile['transform'].to_gdal()
        write(result, geo, out, f'COMPRESS={compression.upper()}', f'LEVEL={level}')
    else:
        write_plainly(result, profile, out, compression, level)
    if png:
        paint(result, png)
    marks.append(time.perf_counter())
    busy = time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(marks[-1] - marks[0], busy, peak, Path(out).stat().st_size, *np.diff(marks))


def write_plainly(array, profile, path, compression, level):
    height, width = array.shape
    place = {'crs': profile['crs'], 'transform': profile['transform']}
    form = {'compress': compression, 'level': level, 'predictor': 'yes', 'blocksize': 512, 'overview_resampling': 'average'}
    with rasterio.open(path, 'w', driver='COG', width=width, height=height, count=1, dtype='float32', nodata=np.nan, **place, **form) as file:
        file.write(array, 1)


def paint(array, path):
    """Grey from -1 to 1, and opacity."""
    height, width = array.shape
    known = np.isfinite(array)
    grey = np.where(known, ((array + 1) * np.float32(127.5)).clip(0, 255), 0).astype('uint8')
    with rasterio.open(path, 'w', driver='PNG', width=width, height=height, count=2, dtype='uint8') as file:
        file.write(grey, 1)
        file.write(known.astype('uint8') * np.uint8(255), 2)


def differ(a, b):
    with rasterio.open(a) as first, rasterio.open(b) as second:
        x, y = first.read(1).view('uint32'), second.read(1).view('uint32')
    print(int(((x != y) & ~(np.isnan(x.view('float32')) & np.isnan(y.view('float32')))).sum()))


def scenes(raw, count, side, folder):
    """A scene side by side with itself, each copy turned another way."""
    tile = 1024
    across = -(-side // tile)
    planes = np.memmap(raw, 'uint8', 'r').reshape(-1, 3, tile, tile)
    with rasterio.open(BANDS) as file:
        geo = file.crs.to_wkt(), file.transform.to_gdal()
    for scene in range(count):
        whole = np.empty((3, across * tile, across * tile), 'uint8')
        for copy in range(across * across):
            y, x = copy // across * tile, copy % across * tile
            # The first is as it is.
            whole[:, y : y + tile, x : x + tile] = np.roll(planes[scene], (37 * copy, 91 * copy), (1, 2))
        write(np.ascontiguousarray(whole[:, :side, :side]), geo, f'{folder}/scene-{scene:03}.tif', 'COMPRESS=DEFLATE', 'LEVEL=1')


def listed_middle(numba):
    """For each pixel a list of its triplets in the order of the scenes, sorted by their sums."""

    @numba.njit
    def total(triplet):
        return np.int32(triplet[0]) + np.int32(triplet[1]) + np.int32(triplet[2])

    @numba.njit(parallel=True)
    def middle(samples):
        count_of_scenes, _, pixels = samples.shape
        result = np.zeros((3, pixels), dtype=np.uint8)
        for pixel in numba.prange(pixels):
            triplets = [(np.uint8(0), np.uint8(0), np.uint8(0)) for _ in range(0)]
            for scene in range(count_of_scenes):
                r, g, b = samples[scene, 0, pixel], samples[scene, 1, pixel], samples[scene, 2, pixel]
                if r == 0 or g == 0 or b == 0 or r == 255 or g == 255 or b == 255:
                    continue
                triplets.append((r, g, b))
            if len(triplets) > 0:
                triplets.sort(key=total)
                r, g, b = triplets[len(triplets) // 2]
                result[0, pixel], result[1, pixel], result[2, pixel] = r, g, b
        return result

    return middle


def packed_middle(numba):
    """Keys that hold the sum and what breaks ties, as whole numbers: faster than lists."""

    @numba.njit(parallel=True)
    def middle(samples):
        count_of_scenes, _, pixels = samples.shape
        result = np.zeros((3, pixels), dtype=np.uint8)
        for tile in numba.prange((pixels + 255) // 256):
            sums = np.empty(count_of_scenes, dtype=np.int32)
            which = np.empty(count_of_scenes, dtype=np.int32)
            for pixel in range(tile * 256, min(pixels, tile * 256 + 256)):
                count = 0
                for scene in range(count_of_scenes):
                    r, g, b = samples[scene, 0, pixel], samples[scene, 1, pixel], samples[scene, 2, pixel]
                    if r == 0 or g == 0 or b == 0 or r == 255 or g == 255 or b == 255:
                        continue
                    # Equal sums are ordered by r, then g, as the exact composite does.
                    sums[count] = ((np.int32(r) + np.int32(g) + np.int32(b)) << 16) | (np.int32(r) << 8) | np.int32(g)
                    which[count] = scene
                    count += 1
                if count > 0:
                    chosen = which[np.argsort(sums[:count], kind='mergesort')[count // 2]]
                    for band in range(3):
                        result[band, pixel] = samples[chosen, band, pixel]
        return result

    return middle


def median(out, x, y, width, height, paths, middle_of, readers):
    """Windows by rasterio, pixels by numba with all threads."""
    import numba

    numba.set_num_threads(int(THREADS))
    middle = middle_of(numba)
    middle(np.zeros((2, 3, 4096), 'uint8'))
    window = rasterio.windows.Window(x, y, width, height)

    def run():
        samples = np.empty((len(paths), 3, height, width), 'uint8')
        with rasterio.Env(GDAL_NUM_THREADS=THREADS, GDAL_DISABLE_READDIR_ON_OPEN='EMPTY_DIR', GDAL_HTTP_MULTIPLEX='YES'):
            with ThreadPoolExecutor(readers) as pool:
                list(pool.map(lambda item: read(samples, *item), enumerate(paths)))
        return middle(samples.reshape(len(paths), 3, -1)).reshape(3, height, width)

    def read(samples, scene, path):
        with rasterio.open(path) as file:
            file.read(out=samples[scene], window=window)

    start = time.perf_counter()
    result = run()
    with rasterio.open(paths[0]) as file:
        geo = file.crs.to_wkt(), file.transform.to_gdal()
    write(result, geo, out, 'COMPRESS=DEFLATE', 'LEVEL=4')
    print(time.perf_counter() - start)


command, *arguments = sys.argv[1:]
if command == 'make':
    make(*arguments[:2], *map(int, arguments[2:]))
elif command == 'scenes':
    scenes(arguments[0], int(arguments[1]), int(arguments[2]), arguments[3])
elif command == 'plain':
    ndvi(*arguments, threads=None)
elif command == 'median':
    median(arguments[0], *map(int, arguments[1:5]), arguments[5:], packed_middle, int(THREADS))
elif command == 'listed':
    median(arguments[0], *map(int, arguments[1:5]), arguments[5:], listed_middle, 10)
else:
    {'ndvi': ndvi, 'differ': differ}[command](*arguments)
