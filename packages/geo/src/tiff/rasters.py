"""Writes GeoTIFFs of all kinds with GDAL and, beside each, what rasterio reads from it.

Arguments: a picture to cut samples from, a folder, and the parts to make. For each file NAME.tif the folder gets NAME.raw (bands, then one
byte per sample of each band's mask, of each level, in this machine's byte order), and `index.json` tells of all.
The choice among the many combinations is drawn with a fixed seed. Run with Debian's Python.
"""

import json
import os
import random
import sys

import numpy as np
import rasterio
from rasterio.crs import CRS
from rasterio.enums import ColorInterp, Resampling
from rasterio.transform import Affine
from rasterio.windows import Window

SOURCE, FOLDER, *PARTS = sys.argv[1:]
rng = random.Random(20261)
with rasterio.open(SOURCE) as file:
    PHOTO = file.read()
PLACE = Affine(30, 0, 457875, 0, -30, 3404145)
UTM = CRS.from_epsg(32616)
index = []


def samples(dtype, count, height, width):
    """Real samples, spread over the range of a type; extremes in a corner."""
    picked = np.stack([PHOTO[band % 3, :height, :width] for band in range(count)]).astype("float64")
    picked = (picked - picked.min()) / (picked.max() - picked.min())
    if dtype.startswith("float"):
        values = ((picked - 0.3) * 1e4).astype(dtype)
        values[:, 0, :4] = [np.finfo(dtype).max, np.finfo(dtype).min, -0.0, np.inf]
        return values
    info = np.iinfo(dtype)
    values = (picked * (info.max - info.min) + info.min).clip(info.min, info.max)
    values = np.minimum(values, info.max).astype("int64").clip(info.min, info.max).astype(dtype)
    values[:, 0, :3] = [info.max, info.min, 1]
    return values


def make(name, dtype="uint16", count=1, size=(61, 83), data=None, mask=None, overviews=None, after=None, windows=None, **options):
    """Writes NAME.tif and remembers what is in it."""
    path = f"{FOLDER}/{name}.tif"
    height, width = size
    if data is None:
        data = samples(dtype, count, height, width)
    profile = dict(driver="GTiff", dtype=dtype, count=count, height=height, width=width, crs=UTM, transform=PLACE)
    profile.update(options)
    # What has no place on the earth says so by None.
    profile = {key: value for key, value in profile.items() if value is not None}
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True, GDAL_TIFF_OVR_BLOCKSIZE="64"):
        with rasterio.open(path, "w", **profile) as file:
            if windows is None:
                file.write(data)
            else:
                for x, y, w, h in windows:
                    file.write(data[:, y : y + h, x : x + w], window=Window(x, y, w, h))
            if mask is not None:
                file.write_mask(mask)
            if after is not None:
                after(file)
        if overviews:
            with rasterio.open(path, "r+") as file:
                file.build_overviews(overviews, Resampling.nearest)
    remember(name)


def remember(name, ending="tif"):
    path = f"{FOLDER}/{name}.{ending}"
    with rasterio.open(path) as file, open(f"{FOLDER}/{name}.raw", "wb") as raw:
        alpha = [band for band, kind in enumerate(file.colorinterp) if kind == ColorInterp.alpha]
        kept = [band + 1 for band in range(file.count) if band not in alpha]
        dtype = file.dtypes[0]
        if file.tags(1, ns="IMAGE_STRUCTURE").get("PIXELTYPE") == "SIGNEDBYTE":
            dtype = "int8"
        levels = [(file.width, file.height)]
        write_level(raw, file, kept, dtype)
        # The resolutions of JPEG 2000 are no copies of ours.
        for level in range(len(file.overviews(1)) if ending == "tif" else 0):
            with rasterio.open(path, overview_level=level) as copy:
                levels.append((copy.width, copy.height))
                write_level(raw, copy, kept, dtype)
        nodata = file.nodata
        index.append(
            {
                "name": name,
                "file": f"{name}.{ending}",
                "type": dtype,
                "bands": [
                    {"name": file.descriptions[b - 1], "scale": file.scales[b - 1], "offset": file.offsets[b - 1]}
                    for b in kept
                ],
                "nodata": None if nodata is None or np.isinf(nodata) else "nan" if np.isnan(nodata) else nodata,
                "mask": "mask" if is_mask(file) else "alpha" if alpha else "none",
                "epsg": file.crs.to_epsg() if file.crs else None,
                "transform": None if file.transform == Affine.identity() else file.transform.to_gdal(),
                "block": list(file.block_shapes[0]),
                "tiled": file.is_tiled,
                "levels": levels,
            }
        )


def is_mask(file):
    flags = [flag.name for flag in file.mask_flag_enums[0]]
    return flags == ["per_dataset"]


def write_level(raw, file, kept, dtype):
    data = file.read(kept).astype(dtype)
    valid = file.read_masks(kept) > 0
    if dtype == "int8" and file.nodata is not None:
        # This GDAL takes signed bytes for unsigned ones here.
        valid = data != file.nodata
    raw.write(data.tobytes())
    raw.write(valid.astype("uint8").tobytes())


TYPES = ["uint8", "int8", "uint16", "int16", "uint32", "int32", "float32", "float64"]
COMPRESSIONS = ["none", "deflate", "lzw", "zstd", "packbits"]
BLOCKS = [
    dict(tiled=True, blockxsize=16, blockysize=16),
    dict(tiled=True, blockxsize=48, blockysize=32),
    dict(tiled=True, blockxsize=128, blockysize=128),
    dict(blockysize=1),
    dict(blockysize=7),
    dict(blockysize=100),
]


def matrix():
    """Each compression, predictor and type meets; the rest is drawn."""
    for compression in COMPRESSIONS:
        for predictor in (1, 2, 3):
            if predictor > 1 and compression in ("none", "packbits"):
                continue
            for dtype in TYPES:
                if predictor == 3 and not dtype.startswith("float"):
                    continue
                options = dict(rng.choice(BLOCKS))
                options.update(compress=compression, interleave=rng.choice(["pixel", "band"]))
                options.update(endianness=rng.choice(["little", "big"]), bigtiff=rng.choice(["yes", "no"]))
                if predictor > 1:
                    options["predictor"] = predictor
                if predictor == 3:
                    # libtiff 4.4 swaps the bytes of these before it takes differences, and then reads other samples.
                    options["endianness"] = "little"
                big = "big-" if options["bigtiff"] == "yes" else ""
                name = f"{big}{compression}-{predictor}-{dtype}-{options['interleave']}-{options['endianness']}"
                make(name, dtype, count=rng.choice([1, 2, 3, 5]), photometric="minisblack", alpha="no", **options)


def masks():
    hole = np.full((61, 83), 255, "uint8")
    hole[10:30, 20:50] = 0
    tiles = dict(tiled=True, blockxsize=32, blockysize=32)
    for compression in ("none", "deflate", "lzw"):
        make(f"mask-{compression}", "uint16", 3, mask=hole, compress=compression, photometric="rgb", **tiles)
    make("mask-strips", "uint8", 1, mask=hole, compress="packbits", blockysize=5)
    make("mask-overviews", "uint16", 1, (200, 180), mask=np.pad(hole, ((0, 139), (0, 97))), overviews=[2, 4], **tiles)
    make("mask-and-nodata", "uint8", 1, mask=hole, nodata=0, **tiles)
    make("mask-big-endian", "int16", 2, mask=hole, endianness="big", compress="deflate", **tiles)
    for dtype, count in (("uint8", 4), ("uint16", 4), ("uint8", 2), ("uint16", 2)):
        data = samples(dtype, count, 61, 83)
        data[-1] = np.iinfo(dtype).max
        data[-1, 5:20, 7:40] = 0
        data[-1, 30, :] = 1
        for interleave in ("pixel", "band"):
            photometric = "rgb" if count == 4 else "minisblack"
            make(f"alpha-{dtype}-{count}-{interleave}", dtype, count, data=data, alpha="yes", photometric=photometric, interleave=interleave, **tiles)


def nodata():
    values = {"uint8": [0, 255, -9999, 300], "int16": [-32768, 7], "uint16": [0, 65535], "float32": [-9999, np.nan, 0.1, -3.4028234663852886e38, np.inf]}
    values.update({"float64": [np.nan, 1e-300, -1.7976931348623157e308], "int32": [-2147483648], "uint32": [4294967295], "int8": [-128]})
    for dtype, choices in values.items():
        for number, value in enumerate(choices):
            data = samples(dtype, 2, 61, 83)
            with np.errstate(all="ignore"):
                held = np.array(value).astype(dtype)
            if dtype.startswith("float") or float(held) == value:
                data[0, 11:40, 3:9] = held
            # rasterio refuses to write what a type does not hold; GDAL's own tools do not.
            if not dtype.startswith("float") and not np.iinfo(dtype).min <= value <= np.iinfo(dtype).max:
                make(f"nodata-{dtype}-{number}", dtype, 2, data=data, tiled=True, blockxsize=32, blockysize=32)
                set_nodata(f"nodata-{dtype}-{number}", value)
            else:
                make(f"nodata-{dtype}-{number}", dtype, 2, data=data, nodata=value, tiled=True, blockxsize=32, blockysize=32)
    for dtype, value in (("uint8", None), ("uint8", 9), ("float32", np.nan), ("int16", -1)):
        name = f"sparse-{dtype}-{'none' if value is None else value}"
        make(name, dtype, 2, nodata=value, windows=[(0, 0, 32, 32), (64, 32, 19, 29)], SPARSE_OK=True, compress="deflate", tiled=True, blockxsize=32, blockysize=32)


def set_nodata(name, value):
    from osgeo import gdal

    file = gdal.Open(f"{FOLDER}/{name}.tif", gdal.GA_Update)
    file.GetRasterBand(1).SetNoDataValue(value)
    file = None
    index.pop()
    remember(name)


def places():
    make("rotated", transform=Affine(20, 3, 457875, -4, -25, 3404145))
    make("degrees", crs=CRS.from_epsg(4326), transform=Affine(0.001, 0, -87.5, 0, -0.002, 30.8))
    make("mercator", crs=CRS.from_epsg(3857))
    make("own-projection", crs=CRS.from_proj4("+proj=laea +lat_0=10 +lon_0=-81 +datum=WGS84 +units=m"))
    make("nowhere", crs=None, transform=None)
    make("no-system", crs=None)
    make("point", after=lambda file: file.update_tags(AREA_OR_POINT="Point"))
    make("point-rotated", transform=Affine(20, 3, 457875, -4, -25, 3404145), after=lambda file: file.update_tags(AREA_OR_POINT="Point"))

    def describe(file):
        file.descriptions = ("red <&> \"nir\"", None, "Grün")
        file.scales = (0.0001, 1, 2.5e-5)
        file.offsets = (-0.1, 0, 3)

    make("described", count=3, photometric="minisblack", alpha="no", after=describe)


def cogs():
    base = dict(driver="COG", size=(224, 256), crs=UTM, BLOCKSIZE=64)
    for compression in ("deflate", "lzw", "zstd"):
        make(f"cog-{compression}", "uint16", 3, compress=compression, predictor="YES", BIGTIFF="YES", **base)
    make("cog-float", "float32", 1, compress="zstd", predictor="YES", nodata=np.nan, **base)
    hole = np.full((224, 256), 255, "uint8")
    hole[50:100, 60:200] = 0
    make("cog-mask", "uint8", 3, mask=hole, compress="deflate", **base)
    make("plain-overviews", "int16", 2, (224, 256), overviews=[2, 4, 8], compress="lzw", predictor=2, tiled=True, blockxsize=64, blockysize=64)


def pictures():
    base = dict(size=(100, 128), tiled=True, blockxsize=64, blockysize=64)
    for name, options in {
        "jpeg-ycbcr": dict(count=3, compress="jpeg", photometric="ycbcr", interleave="pixel"),
        "jpeg-rgb": dict(count=3, compress="jpeg", photometric="rgb", interleave="pixel"),
        "jpeg-gray": dict(count=1, compress="jpeg"),
        "jpeg-bands": dict(count=3, compress="jpeg", interleave="band", photometric="rgb"),
        "jpeg-no-tables": dict(count=3, compress="jpeg", photometric="ycbcr", interleave="pixel", JPEGTABLESMODE=0),
        "webp-lossless": dict(count=3, compress="webp", WEBP_LOSSLESS=True, interleave="pixel"),
        "webp-lossy": dict(count=3, compress="webp", interleave="pixel"),
        "webp-alpha": dict(count=4, compress="webp", WEBP_LOSSLESS=True, interleave="pixel", photometric="rgb", alpha="yes"),
    }.items():
        make(f"picture-{name}", "uint8", **{**base, **options})
    make("picture-jpeg-strips", "uint8", 3, (100, 128), compress="jpeg", photometric="ycbcr", interleave="pixel", blockysize=48)


def jp2():
    """As GDAL writes JPEG 2000: with GeoJP2 and GMLJP2, and with either alone, as Sentinel-2's bands have GMLJP2."""
    from osgeo import gdal

    tiles = dict(REVERSIBLE="YES", QUALITY="100", BLOCKXSIZE="64", BLOCKYSIZE="64", RESOLUTIONS="3")
    for name, dtype, count, options in (
        ("jp2-gml", "uint16", 1, dict(tiles, GeoJP2="NO", NBITS="15", TLM="YES", PLT="YES")),
        ("jp2-geo", "uint16", 1, dict(tiles, GMLJP2="NO", PROGRESSION="RPCL", SOP="YES", EPH="YES")),
        ("jp2-bytes", "uint8", 3, dict(tiles, TILEPARTS="RESOLUTIONS")),
        ("jp2-signed", "int16", 1, tiles),
        ("jp2-one-tile", "uint16", 1, dict(tiles, BLOCKXSIZE="300", BLOCKYSIZE="300")),
        ("jp2-lossy", "uint16", 1, dict(BLOCKXSIZE="64", BLOCKYSIZE="64", QUALITY="20")),
        ("jp2-code-blocks", "uint16", 1, dict(tiles, PRECINCTS="{64,64},{32,32}", CODEBLOCK_WIDTH="16", CODEBLOCK_HEIGHT="16")),
    ):
        make(name, dtype, count, (150, 203), photometric="minisblack", alpha="no", data=samples(dtype, count, 150, 203) >> (1 if "gml" in name else 0))
        index.pop()
        source = gdal.Open(f"{FOLDER}/{name}.tif")
        gdal.GetDriverByName("JP2OpenJPEG").CreateCopy(f"{FOLDER}/{name}.jp2", source, options=[f"{k}={v}" for k, v in options.items()])
        remember(name, "jp2")


os.makedirs(FOLDER, exist_ok=True)
for part in PARTS:
    {"matrix": matrix, "masks": masks, "nodata": nodata, "places": places, "cogs": cogs, "pictures": pictures, "jp2": jp2}[part]()
with open(f"{FOLDER}/index.json", "w", encoding="utf-8") as file:
    json.dump(index, file)
