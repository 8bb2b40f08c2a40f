"""Scenes of one place, and what rasterio and numpy make of them: oracle.py make FOLDER | judge PRODUCT FOLDER WISH."""

import json
import sys
from pathlib import Path

import numpy
import rasterio
from osgeo import gdal
from osgeo_utils.samples.validate_cloud_optimized_geotiff import validate
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.transform import array_bounds, from_origin
from rasterio.vrt import WarpedVRT
from rasterio.warp import calculate_default_transform, reproject, transform, transform_bounds

SOURCE = Path(__file__).parents[4] / "fixtures/landsat/bands.tif"
BANDS = {"green": 2, "red": 3, "nir": 4, "blue": 1}
# Name, reference system, part of the columns that hold data, date, cloud cover, offset of samples.
SCENES = [
    ("newest", 32616, (0.0, 0.6), "2021-07-03", 40, 0),
    ("beside", 32617, (0.3, 1.0), "2021-06-20", 10, 0),
    ("oldest", 32616, (0.1, 0.9), "2021-06-01", 20, 0),
    ("other", 32616, (0.45, 1.0), "2020-06-01", 5, 1000),
    # The same place moved to where the 180th meridian is its middle.
    ("across", 32760, (0.0, 0.6), "2021-07-03", 40, 0),
    ("behind", 32701, (0.3, 1.0), "2021-06-20", 10, 0),
]
MOVED = {"across", "behind"}


def write(path, samples, profile, **more):
    profile = dict(profile, count=1, tiled=True, blockxsize=64, blockysize=64, compress="deflate", nodata=0, **more)
    with rasterio.open(path, "w", **profile) as file:
        file.write(samples, 1)


def grid(source, name):
    """Reference system and transform of what a scene is made of."""
    if name not in MOVED:
        return source.crs, source.transform
    (x,), (y,) = transform("EPSG:4326", "EPSG:32760", [180], [-17])
    side = source.res[0]
    return CRS.from_epsg(32760), from_origin(x - side * source.width / 2, y + side * source.height / 2, side, side)


def extent(source, crs, place):
    """West, south, east, north in degrees; east beyond 180 where it lies across the antimeridian."""
    corners = [place * corner for corner in ((0, 0), (source.width, 0), (source.width, source.height), (0, source.height))]
    longitudes, latitudes = transform(crs, "EPSG:4326", *zip(*corners))
    if max(longitudes) - min(longitudes) > 180:
        longitudes = [longitude % 360 for longitude in longitudes]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def rings(west, south, east, north):
    """Outer rings of a box, cut at the antimeridian."""
    boxes = [(west, east)] if east <= 180 else [(west, 180), (-180, east - 360)]
    return [[[[left, south], [right, south], [right, north], [left, north], [left, south]]] for left, right in boxes]


def make(folder):
    items = []
    with rasterio.open(SOURCE) as source:
        for number, (name, epsg, (left, right), date, cloud, offset) in enumerate(SCENES):
            assets = {}
            crs, origin = grid(source, name)
            west, south, east, north = extent(source, crs, origin)
            bounds = array_bounds(source.height, source.width, origin)
            for band, index in BANDS.items():
                samples = source.read(index)
                # Scenes differ, so that it is seen which of them a pixel is of.
                samples = (samples.astype("int64") + 37 * number + offset).astype("uint16")
                samples[:, : int(left * source.width)] = 0
                samples[:, int(right * source.width) :] = 0
                profile = dict(source.profile, crs=crs, transform=origin)
                if epsg != crs.to_epsg():
                    place, width, height = calculate_default_transform(
                        crs, f"EPSG:{epsg}", source.width, source.height, *bounds, resolution=30)
                    moved = numpy.zeros((height, width), "uint16")
                    reproject(samples, moved, src_transform=origin, src_crs=crs, src_nodata=0,
                              dst_transform=place, dst_crs=f"EPSG:{epsg}", dst_nodata=0)
                    samples = moved
                    profile = dict(profile, crs=f"EPSG:{epsg}", transform=place, width=width, height=height)
                write(f"{folder}/{name}-{band}.tif", samples, profile)
                # As Earth Search has it: bands by their common names, samples by scale and offset.
                assets[band] = {
                    "href": f"{name}-{band}.tif", "type": "image/tiff; application=geotiff", "roles": ["data"],
                    "eo:bands": [{"name": f"B{index}", "common_name": band}],
                    "raster:bands": [{"data_type": "uint16", "scale": 0.0001, "offset": -0.0001 * offset, "nodata": 0}],
                }
            parts = rings(west, south, east, north)
            items.append({
                "type": "Feature", "stac_version": "1.0.0", "stac_extensions": [], "id": name, "collection": "landsat",
                "bbox": [west, south, east if east <= 180 else east - 360, north], "links": [],
                "geometry": {"type": "MultiPolygon", "coordinates": parts},
                "properties": {"datetime": f"{date}T16:00:00Z", "eo:cloud_cover": cloud}, "assets": assets,
            })
    print(json.dumps(items))


def scale(file, product):
    """Target pixels per source pixel in the middle (see packages/geo/src/warp/warp-oracle.py)."""
    (x,), (y,) = transform(file.crs, product.crs, *([n] for n in file.transform * (file.width / 2, file.height / 2)))
    column, row = ~product.transform * (x, y)
    column, row = min(max(column, 0), product.width), min(max(row, 0), product.height)
    steps = [(column - 0.5, row), (column + 0.5, row), (column, row - 0.5), (column, row + 0.5)]
    xs, ys = transform(product.crs, file.crs, *zip(*(product.transform * step for step in steps)))
    left, right, above, below = (numpy.array(~file.transform * place) for place in zip(xs, ys))
    return {"XSCALE": f"{1 / numpy.hypot(*(right - left)):.12g}", "YSCALE": f"{1 / numpy.hypot(*(below - above)):.12g}"}


def warped(path, product, resampling):
    with rasterio.open(path) as file, WarpedVRT(
        file, crs=product.crs, transform=product.transform, width=product.width, height=product.height, src_nodata=0,
        nodata=0, resampling=Resampling[resampling], tolerance=1e-7, UNIFIED_SRC_NODATA="YES", **scale(file, product),
    ) as there:
        return there.read(1)


def judge(path, folder, wish):
    names, bands, rule, resampling = wish["scenes"], wish["bands"], wish["rule"], wish["resampling"]
    offsets = {scene[0]: scene[5] for scene in SCENES}
    with rasterio.open(path) as product:
        stack = numpy.stack([
            [warped(f"{folder}/{name}-{band}.tif", product, resampling) for band in bands] for name in names
        ])
        found = product.read()
        tags, epsg, bounds = product.tags(), product.crs.to_epsg(), transform_bounds(product.crs, "EPSG:4326", *product.bounds)
        resolution, size = product.res[0], [product.width, product.height]
    valid = (stack != 0).all(axis=1)
    physical = len({offsets[name] for name in names}) > 1
    samples = stack.astype("float64")
    if physical:
        samples = numpy.stack([(s * 0.0001 - 0.0001 * offsets[name]).astype("float32") for s, name in zip(samples, names)])
    if rule == "median":
        order = numpy.sort(numpy.where(valid[:, None], samples, numpy.inf), axis=0)
        middle = (valid.sum(axis=0) >> 1).clip(max=len(names) - 1)
        mosaic = numpy.take_along_axis(order, middle[None, None], axis=0)[0]
    else:
        first = valid.argmax(axis=0)
        mosaic = numpy.take_along_axis(samples, first[None, None], axis=0)[0]
    given = valid.any(axis=0)
    if wish["index"]:
        values = {band: mosaic[n] for n, band in enumerate(bands)}
        if not physical:
            values = {band: (value * 0.0001 - 0.0001 * offsets[names[0]]) for band, value in values.items()}
        r, n = values["red"].astype("float32"), values["nir"].astype("float32")
        with numpy.errstate(all="ignore"):
            wanted = ((n - r) / (n + r))[None]
        there = numpy.isfinite(found)
    else:
        wanted, there = mosaic, found != 0
    wanted = numpy.where(given, wanted, 0).astype("float64")
    gap = numpy.where(there & given, numpy.abs(wanted - numpy.where(there, found, 0).astype("float64")), 0)
    warnings, errors, _ = validate(path, full_check=True)
    print(json.dumps({
        "warnings": warnings, "errors": errors, "tags": tags, "epsg": epsg, "bounds": bounds, "resolution": resolution,
        "size": size, "validity": int((there != given).sum()), "given": int(given.sum()), "missing": int((~given).sum()),
        "differ": int((gap > 0).sum()), "most": float(gap.max()),
        "of": [int((valid[n] & ~valid[:n].any(axis=0)).sum()) for n in range(len(names))],
    }))


gdal.UseExceptions()
command, *arguments = sys.argv[1:]
if command == "make":
    make(arguments[0])
else:
    judge(arguments[0], arguments[1], json.loads(arguments[2]))
