"""Opens image files with independent readers and prints what they see.

Reads paths from standard input, one on a line; prints one JSON object on a line for each:
{"path", "driver", "width", "height", "bands", "sha256" (row-major interleaved bytes), "warnings"}.
Run with Debian's Python: GDAL reads PNG by libpng, JPEG by libjpeg-turbo, TIFF by libtiff, all of Debian's versions.
"""

import hashlib
import json
import sys

from osgeo import gdal

warnings = []


def remember(level, number, message):
    warnings.append(f"{level}:{number}:{message}")


gdal.UseExceptions()
gdal.PushErrorHandler(remember)
for line in sys.stdin:
    path = line.strip()
    warnings.clear()
    found = {"path": path}
    try:
        image = gdal.Open(path)
        pixels = image.ReadAsArray()
        if pixels.ndim == 3:
            pixels = pixels.transpose(1, 2, 0)
        found.update(
            driver=image.GetDriver().ShortName,
            width=image.RasterXSize,
            height=image.RasterYSize,
            bands=image.RasterCount,
            block=image.GetRasterBand(1).GetBlockSize(),
            sha256=hashlib.sha256(pixels.tobytes()).hexdigest(),
        )
    except RuntimeError as error:
        warnings.append(str(error))
    print(json.dumps({**found, "warnings": list(warnings)}))
