"""`landsat-bands.py FOLDER`: the bands green, red, nir and swir1 of fixtures/landsat as files of their own, tiled as products need them."""

import sys
from pathlib import Path

import rasterio

SOURCE = Path(__file__).parents[2] / "fixtures/landsat/bands.tif"
NUMBERS = {"green": 2, "red": 3, "nir": 4, "swir1": 5}

with rasterio.open(SOURCE) as source:
    profile = dict(source.profile, count=1, tiled=True, blockxsize=64, blockysize=64, compress="deflate")
    for name, number in NUMBERS.items():
        with rasterio.open(f"{sys.argv[1]}/{name}.tif", "w", **profile) as band:
            band.write(source.read(number), 1)
