"""What numpy and GDAL's validator say of products: `satellite-oracle.py year FOLDER SCENES`, `median PRODUCT SCENE…`, `valid FILE…`.

`year` writes SCENES scenes of one place as tiled GeoTIFFs of three 8-bit bands, the same each time: the bands of
fixtures/landsat side by side in other light, some of it under clouds (255) or not seen (0). `median` prints how many pixels
are not the triplet of median luminance of those that count, `valid` all warnings and errors.
"""

import json
import sys
from pathlib import Path

import numpy
import rasterio
import rasterio.windows
from osgeo_utils.samples.validate_cloud_optimized_geotiff import validate

SOURCE = Path(__file__).parents[2] / "fixtures/landsat/bands.tif"
COPIES = (5, 6)


def year(folder, scenes):
    random = numpy.random.default_rng(12)
    with rasterio.open(SOURCE) as source:
        bands = numpy.tile(source.read([3, 2, 1]).astype("float64"), (1, *COPIES))
        profile = dict(source.profile, count=3, dtype="uint8", nodata=0, height=bands.shape[1], width=bands.shape[2],
                       tiled=True, blockxsize=256, blockysize=256, compress="deflate", photometric="rgb")
    ground = 20 + 200 * (bands - bands.min()) / (bands.max() - bands.min())
    rows, columns = numpy.mgrid[: bands.shape[1], : bands.shape[2]]
    for scene in range(scenes):
        samples = (ground * random.uniform(0.7, 1.1) + random.integers(0, 12, ground.shape)).clip(1, 254)
        a, b, c = random.uniform(0.004, 0.02, 3)
        samples[:, numpy.sin(columns * a + 60 * c) + numpy.cos(rows * b) > random.uniform(0.2, 1.8)] = 255
        if scene % 5 == 0:
            samples[:, :, int(bands.shape[2] * random.uniform(0.3, 0.9)) :] = 0
        with rasterio.open(f"{folder}/scene-{scene:03}.tif", "w", **profile) as file:
            file.write(samples.astype("uint8"))


def median(product, scenes):
    differ = 0
    files = [rasterio.open(scene) for scene in scenes]
    with rasterio.open(product) as file:
        found = file.read()
    for top in range(0, found.shape[1], 128):
        window = rasterio.windows.Window(0, top, found.shape[2], min(128, found.shape[1] - top))
        samples = numpy.stack([file.read(window=window) for file in files]).astype("int32")
        counts = ((samples != 0) & (samples != 255)).all(axis=1)
        r, g, b = samples[:, 0], samples[:, 1], samples[:, 2]
        keys = numpy.where(counts, (r + g + b).astype("int64") << 24 | r << 16 | g << 8 | b, 1 << 62)
        number = counts.sum(axis=0)
        keys.sort(axis=0)
        chosen = numpy.take_along_axis(keys, (number >> 1).clip(max=len(files) - 1)[None], axis=0)[0]
        chosen[number == 0] = 0
        wanted = numpy.stack([chosen >> 16 & 255, chosen >> 8 & 255, chosen & 255])
        differ += int((wanted != found[:, top : top + 128]).any(axis=0).sum())
    print(differ)


command, *arguments = sys.argv[1:]
if command == "year":
    year(arguments[0], int(arguments[1]))
elif command == "median":
    median(arguments[0], arguments[1:])
else:
    print(json.dumps([finding for path in arguments for finding in sum(validate(path, full_check=True)[:2], [])]))
