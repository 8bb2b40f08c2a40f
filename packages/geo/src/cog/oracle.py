"""
Tells what GDAL and rasterio see in GeoTIFFs: paths on the command line, a JSON array on standard output. With
--structure no samples are read.
"""
import hashlib
import json
import sys

import numpy
import rasterio
from osgeo import gdal
from osgeo_utils.samples.validate_cloud_optimized_geotiff import validate

gdal.UseExceptions()
complaints = []
gdal.PushErrorHandler(lambda level, code, text: complaints.append(text))


def number(value):
    return value if value is None or numpy.isfinite(value) else str(value)


def digest(array):
    """Of the samples as they are, little-endian, row-major."""
    return hashlib.sha256(numpy.ascontiguousarray(array).tobytes()).hexdigest()


def look(path, with_samples):
    complaints.clear()
    warnings, errors, _ = validate(path, full_check=True)
    dataset = gdal.Open(path)
    structure = dataset.GetMetadata("IMAGE_STRUCTURE")
    if not with_samples:
        return {"warnings": warnings, "errors": errors, "complaints": complaints, "structure": structure}
    bands = [dataset.GetRasterBand(1 + index) for index in range(dataset.RasterCount)]
    levels = []
    for level in range(-1, bands[0].GetOverviewCount()):
        of_level = [band if level < 0 else band.GetOverview(level) for band in bands]
        arrays = [band.ReadAsArray() for band in of_level]
        levels.append(
            {
                "width": of_level[0].XSize,
                "height": of_level[0].YSize,
                "tile": of_level[0].GetBlockSize(),
                "digests": [digest(array) for array in arrays],
                "nodata": [number(band.GetNoDataValue()) for band in of_level],
            }
        )
    facts = {
        "warnings": warnings,
        "errors": errors,
        "structure": structure,
        "metadata": dataset.GetMetadata(),
        "geotransform": dataset.GetGeoTransform(can_return_null=True),
        "colours": [gdal.GetColorInterpretationName(band.GetColorInterpretation()) for band in bands],
        "units": [band.GetUnitType() for band in bands],
        "bandMetadata": [band.GetMetadata() for band in bands],
        "levels": levels,
    }
    with rasterio.open(path) as raster:
        facts["rasterio"] = {
            "dtypes": raster.dtypes,
            "epsg": raster.crs.to_epsg() if raster.crs else None,
            "projected": bool(raster.crs and raster.crs.is_projected),
            "transform": list(raster.transform)[:6],
            "nodata": number(raster.nodata),
            "scales": raster.scales,
            "offsets": raster.offsets,
            "descriptions": raster.descriptions,
            "digests": [digest(band) for band in raster.read()],
        }
    facts["complaints"] = list(complaints)
    return facts


paths = [argument for argument in sys.argv[1:] if argument != "--structure"]
json.dump([look(path, "--structure" not in sys.argv) for path in paths], sys.stdout)
