"""Makes rasters to compute with, and judges products of them, with rasterio, numpy and GDAL's validator.

`make FOLDER` writes red.tif, nir.tif (uint16), six.tif, nir-float.tif (float32, one strip), red.jp2, large-red.jp2, large-nir.tif (one
block each) and scene-0.tif … scene-6.tif (uint8, 3 bands).
`index FILE RED NIR`, `composite FILE SCENE…` print JSON about a product, `picture PNG FILE STRETCH COLOURS` about its
picture: COLOURS is the palette as JSON, `null` for red, green and blue.
"""
import json
import sys

import numpy
import rasterio
from osgeo_utils.samples.validate_cloud_optimized_geotiff import validate
from rasterio.transform import from_origin

WIDTH, HEIGHT, SCENES = 1300, 900, 7
PROFILE = dict(
    driver="GTiff", width=WIDTH, height=HEIGHT, crs="EPSG:32616", transform=from_origin(400000, 4200000, 30, 30),
    tiled=True, blockxsize=256, blockysize=256, compress="deflate",
)


def make(folder):
    random = numpy.random.default_rng(20)
    for name, low in (("red", 100), ("nir", 0)):
        samples = random.integers(low, 9000, (HEIGHT, WIDTH), dtype="uint16")
        samples[300:400, 200:700] = 0
        samples[500:520, 1000:] = 65535 if name == "nir" else 0
        with rasterio.open(f"{folder}/{name}.tif", "w", dtype="uint16", count=1, nodata=0, **PROFILE) as file:
            file.write(samples, 1)
    plain = dict(PROFILE, tiled=False, blockysize=HEIGHT)
    samples = random.integers(1, 9000, (6, HEIGHT, WIDTH)).astype("float32") / 7
    with rasterio.open(f"{folder}/six.tif", "w", dtype="float32", count=6, **plain) as file:
        file.write(samples)
    with rasterio.open(f"{folder}/nir-float.tif", "w", dtype="float32", count=1, **plain) as file:
        file.write(samples[:1])
    jp2 = dict(PROFILE, driver="JP2OpenJPEG", dtype="uint16", count=1, QUALITY=100, REVERSIBLE="YES")
    del jp2["compress"], jp2["tiled"]
    with rasterio.open(f"{folder}/red.jp2", "w", **jp2) as file:
        file.write(random.integers(1, 9000, (HEIGHT, WIDTH), dtype="uint16"), 1)
    large = dict(jp2, width=1700, height=1300, blockxsize=1700, blockysize=1300)
    with rasterio.open(f"{folder}/large-red.jp2", "w", **large) as file:
        file.write(random.integers(1, 9000, (1300, 1700), dtype="uint16"), 1)
    large = dict(PROFILE, width=1700, height=1300, tiled=False, blockysize=1300, dtype="uint16", count=1, nodata=0)
    with rasterio.open(f"{folder}/large-nir.tif", "w", **large) as file:
        file.write(random.integers(0, 9, (1300, 1700), dtype="uint16"), 1)
    for scene in range(SCENES):
        samples = random.choice([0, 1, 7, 90, 200, 254, 255], (3, HEIGHT, WIDTH)).astype("uint8")
        with rasterio.open(f"{folder}/scene-{scene}.tif", "w", dtype="uint8", count=3, **PROFILE) as file:
            file.write(samples)


def facts(path):
    warnings, errors, _ = validate(path, full_check=True)
    with rasterio.open(path) as file:
        return {
            "warnings": warnings, "errors": errors, "epsg": file.crs.to_epsg(), "origin": [file.transform.c, file.transform.f],
            "tags": file.tags(), "overviews": file.overviews(1), "nodata": str(file.nodata), "dtype": file.dtypes[0],
        }


def index(path, red, nir):
    with rasterio.open(red) as a, rasterio.open(nir) as b, rasterio.open(path) as product:
        red_mask, nir_mask = a.read_masks(1) > 0, b.read_masks(1) > 0
        r, n = a.read(1).astype("float32"), b.read(1).astype("float32")
        with numpy.errstate(all="ignore"):
            wanted = (n - r) / (n + r)
        wanted[~(red_mask & nir_mask) | ~numpy.isfinite(wanted)] = numpy.nan
        found = product.read(1)
    equal = (wanted.view("uint32") == found.view("uint32")) | (numpy.isnan(wanted) & numpy.isnan(found))
    return {"differ": int((~equal).sum()), "missing": int(numpy.isnan(wanted).sum())}


def composite(path, scenes, window):
    x, y, width, height = window
    stack = []
    for scene in scenes:
        with rasterio.open(scene) as file:
            stack.append(file.read()[:, y : y + height, x : x + width].astype("int64"))
    samples = numpy.stack(stack)
    counts = ((samples != 0) & (samples != 255)).all(axis=1)
    r, g, b = samples[:, 0], samples[:, 1], samples[:, 2]
    key = (((r + g + b) * 256 + r) * 256 + g) * 256 + b
    key[~counts] = 1 << 40
    order = numpy.sort(key, axis=0)
    number = counts.sum(axis=0)
    chosen = numpy.take_along_axis(order, (number >> 1).clip(max=len(scenes) - 1)[None], axis=0)[0]
    chosen[number == 0] = 0
    wanted = numpy.stack([(chosen >> 16) & 255, (chosen >> 8) & 255, chosen & 255]).astype("uint8")
    with rasterio.open(path) as file:
        found = file.read()
    return {"differ": int((wanted != found).sum()), "missing": int((number == 0).sum())}


def ends(samples, stretch):
    if stretch["kind"] == "fixed":
        return stretch["low"], stretch["high"]
    if stretch["kind"] == "extremes":
        return samples.min(), samples.max()
    return numpy.percentile(samples, [stretch["low"], stretch["high"]], method="lower")


def picture(png, product, stretch, colours):
    with rasterio.open(product) as file:
        samples = file.read().astype("float64")
        valid = numpy.all(file.read_masks() > 0, axis=0) & numpy.isfinite(samples).all(axis=0)
    with rasterio.open(png) as file:
        found = file.read()
    low, high = 0, 255
    if colours is None:
        wanted = samples
    else:
        low, high = ends(samples[0][valid], stretch)
        levels = numpy.floor((numpy.where(valid, samples[0], low) - low) * (255 / (high - low)) + 0.5)
        ramp = numpy.array([[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in colours])
        wanted = ramp[levels.clip(0, 255).astype("int64")].transpose(2, 0, 1)
        if len(found) == 2:
            wanted = wanted[:1]
    wanted = numpy.concatenate([wanted, numpy.full((1, *valid.shape), 255)]) * valid
    return {
        "differ": int((wanted != found).sum()), "missing": int((~valid).sum()), "channels": len(found),
        "low": float(low), "high": float(high),
    }


command, *arguments = sys.argv[1:]
if command == "make":
    make(arguments[0])
elif command == "index":
    print(json.dumps({**facts(arguments[0]), **index(*arguments)}))
elif command == "picture":
    png, product, stretch, colours = arguments
    print(json.dumps(picture(png, product, json.loads(stretch), json.loads(colours))))
else:
    path, window, *scenes = arguments
    print(json.dumps({**facts(path), **composite(path, scenes, json.loads(window))}))
