"""`map-oracle.py FILE LON LAT`: the value that rasterio finds in the first band of FILE at a place, or nan."""

import sys

import rasterio
from rasterio.warp import transform

with rasterio.open(sys.argv[1]) as raster:
    xs, ys = transform("EPSG:4326", raster.crs, [float(sys.argv[2])], [float(sys.argv[3])])
    print(repr(float(next(raster.sample([(xs[0], ys[0])], indexes=1))[0])))
