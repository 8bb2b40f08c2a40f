"""Writes pictures of 16 bits a sample into a folder, and beside each what OpenCV or GDAL read of it.

Argument: the folder. Prints a JSON object on a line for each: {"name", "width", "height", "channels"}; `<name>.raw` holds
the samples, row-major, interleaved, RGB, little-endian. Run with Debian's Python.
"""

import json
import sys
from pathlib import Path

import cv2
import numpy
from osgeo import gdal

gdal.UseExceptions()
folder = Path(sys.argv[1])
random = numpy.random.default_rng(16)
WIDTH, HEIGHT = 53, 67
RGB = "PHOTOMETRIC=RGB"


def picture(channels):
    pixels = random.integers(0, 65536, (HEIGHT, WIDTH, channels), dtype=numpy.uint16)
    pixels[0, :5, 0] = (0, 255, 256, 32767, 65535)
    return pixels


def told(name, pixels):
    height, width, channels = pixels.shape
    pixels.astype("<u2").tofile(folder / f"{name}.raw")
    print(json.dumps({"name": name, "width": width, "height": height, "channels": channels}))


def by_opencv(name, channels):
    pixels = picture(channels)
    path = str(folder / name)
    order = {1: None, 3: cv2.COLOR_RGB2BGR, 4: cv2.COLOR_RGBA2BGRA}[channels]
    assert cv2.imwrite(path, pixels if order is None else cv2.cvtColor(pixels, order))
    read = cv2.imread(path, cv2.IMREAD_UNCHANGED)
    back = {1: None, 3: cv2.COLOR_BGR2RGB, 4: cv2.COLOR_BGRA2RGBA}[channels]
    told(name, read.reshape(HEIGHT, WIDTH, 1) if back is None else cv2.cvtColor(read, back))


def by_gdal(name, driver, channels, *options):
    pixels = picture(channels)
    memory = gdal.GetDriverByName("MEM").Create("", WIDTH, HEIGHT, channels, gdal.GDT_UInt16)
    for band in range(channels):
        memory.GetRasterBand(band + 1).WriteArray(pixels[:, :, band])
    if channels in (2, 4):
        memory.GetRasterBand(channels).SetColorInterpretation(gdal.GCI_AlphaBand)
    path = str(folder / name)
    gdal.GetDriverByName(driver).CreateCopy(path, memory, options=list(options)).FlushCache()
    read = gdal.Open(path).ReadAsArray().reshape(channels, HEIGHT, WIDTH)
    told(name, numpy.moveaxis(read, 0, 2))


for count in (1, 3, 4):
    by_opencv(f"{count}.png", count)
for count in (1, 3):
    by_opencv(f"{count}.tif", count)
by_gdal("gray-alpha.png", "PNG", 2)
by_gdal("gray-alpha.tif", "GTiff", 2, "ALPHA=YES")
by_gdal("strips-big-endian.tif", "GTiff", 3, "BLOCKYSIZE=8", "ENDIANNESS=BIG", "COMPRESS=LZW", "PREDICTOR=2", RGB)
by_gdal("tiles.tif", "GTiff", 4, "TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16", "COMPRESS=DEFLATE", "ALPHA=YES", RGB)
by_gdal("planes.tif", "GTiff", 3, "INTERLEAVE=BAND", "BLOCKYSIZE=16", RGB)
