"""
Makes rasters for the bench of COGs, and has GDAL's COG driver write them on one thread.

make FOLDER SIDE: writes the samples of a float32 and a uint16 raster, little-endian.
write FILE TYPE SIDE COMPRESSION LEVEL: prints seconds of CPU time and bytes of GDAL's file.
"""
import os
import sys
import time

import numpy
from osgeo import gdal

gdal.UseExceptions()
NODATA = {"float32": -9999, "uint16": 0}


def make(folder, side):
    random = numpy.random.default_rng(1)
    y, x = numpy.mgrid[0:side, 0:side]
    counts = (numpy.sin(x / 300) * numpy.cos(y / 200) + 1) * 2000 + random.normal(0, 60, (side, side)) + 500
    for name, nodata in NODATA.items():
        samples = (counts / 10000 if name == "float32" else counts).astype(name)
        samples[: side // 12, : side // 6] = nodata
        samples.tofile(os.path.join(folder, name))


def write(path, name, side, compression, level):
    samples = numpy.fromfile(path, name).reshape(side, side)
    types = {"float32": gdal.GDT_Float32, "uint16": gdal.GDT_UInt16}
    source = gdal.GetDriverByName("MEM").Create("", side, side, 1, types[name])
    source.GetRasterBand(1).WriteArray(samples)
    source.GetRasterBand(1).SetNoDataValue(NODATA[name])
    options = [f"COMPRESS={compression.upper()}", f"LEVEL={level}", "PREDICTOR=YES", "RESAMPLING=AVERAGE", "NUM_THREADS=1"]
    begin = time.process_time()
    target = "/vsimem/bench.tif"
    gdal.GetDriverByName("COG").CreateCopy(target, source, options=options)
    print(time.process_time() - begin, gdal.VSIStatL(target).size)


if sys.argv[1] == "make":
    make(sys.argv[2], int(sys.argv[3]))
else:
    write(sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5], int(sys.argv[6]))
