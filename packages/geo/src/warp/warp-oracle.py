"""Writes rasters and what GDAL, through rasterio, makes of them in other grids: warp-oracle.py FOLDER."""
import json, sys
import numpy, rasterio
from rasterio.enums import Resampling
from rasterio.transform import Affine
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform

folder = sys.argv[1]
random = numpy.random.default_rng(11)


def fractal(height, width):
    """Like the earth from above: rough at every size, with a border that nothing was measured at, and holes."""
    total = numpy.zeros((height, width))
    for size in (4, 16, 64):
        coarse = random.random((height // size + 3, width // size + 3))
        rows, columns = numpy.arange(height) / size, numpy.arange(width) / size
        r, c = rows.astype(int), columns.astype(int)
        fr, fc = (rows - r)[:, None], (columns - c)[None]
        corner = lambda i, j: coarse[r + i][:, c + j]
        total += size * ((corner(0, 0) * (1 - fc) + corner(0, 1) * fc) * (1 - fr) + (corner(1, 0) * (1 - fc) + corner(1, 1) * fc) * fr)
    samples = 200 + 9000 * total / total.max() + random.integers(0, 40, (height, width))
    samples = samples.astype("uint16")
    samples[:, :7] = 0
    samples[40:60, 100:130] = 0
    samples[random.random((height, width)) < 0.002] = 0
    return samples


def scale(source_epsg, source, target_epsg, target, size):
    """Target pixels per source pixel in the middle. GDAL takes them from each piece of its work: told, it goes by these."""
    systems = f"EPSG:{source_epsg}", f"EPSG:{target_epsg}"
    (x,), (y,) = transform(*systems, *([n] for n in source * (WIDTH / 2, HEIGHT / 2)))
    column, row = ~target * (x, y)
    column, row = min(max(column, 0), size[1]), min(max(row, 0), size[0])
    steps = [(column - 0.5, row), (column + 0.5, row), (column, row - 0.5), (column, row + 0.5)]
    xs, ys = transform(*systems[::-1], *zip(*(target * step for step in steps)))
    left, right, above, below = (numpy.array(~source * place) for place in zip(xs, ys))
    return 1 / numpy.hypot(*(right - left)), 1 / numpy.hypot(*(below - above))


# Name, source's system and transform, target's system, transform and size.
utm = Affine(10, 0, 600_000, 0, -10, 5_000_000)
cases = [
    ("neighbour", 32632, utm, 32633, Affine(10, 0, 131_500, 0, -10, 5_010_000), (130, 160)),
    ("degrees", 32632, utm, 4326, Affine(0.0001, 0, 10.27, 0, -0.0001, 45.15), (140, 130)),
    ("web", 32632, utm, 3857, Affine(14, 0, 1_143_800, 0, -14, 5_640_000), (120, 160)),
    ("laea", 32632, utm, 3035, Affine(10, 0, 4_421_000, 0, -10, 2_429_600), (150, 150)),
    ("polar", 3413, Affine(100, 0, -200_000, 0, -100, -1_500_000), 32624, Affine(80, 0, 400_000, 0, -80, 8_480_000), (120, 150)),
    ("finer", 32632, utm, 32632, Affine(3.7, 0, 600_101.3, 0, -3.7, 4_999_401.9), (160, 150)),
    ("coarser-neighbour", 32632, utm, 32633, Affine(31, 0, 131_500, 0, -31, 5_010_000), (90, 100)),
    ("half", 32632, utm, 32632, Affine(20, 0, 600_000, 0, -20, 5_000_000), (150, 160)),
    ("same", 32632, utm, 32632, Affine(10, 0, 600_200, 0, -10, 4_999_700), (110, 140)),
]
HEIGHT, WIDTH = 330, 350
told = []
for name, source_epsg, source, target_epsg, target, size in cases:
    # The target's place is moved so that its middle is that of the source, and a little beside.
    if source_epsg != target_epsg:
        middle = source * (WIDTH * 0.45, HEIGHT * 0.47)
        (x,), (y,) = transform(f"EPSG:{source_epsg}", f"EPSG:{target_epsg}", [middle[0]], [middle[1]])
        target = Affine(target.a, 0, x - size[1] / 2 * target.a, 0, target.e, y - size[0] / 2 * target.e)
    samples = fractal(HEIGHT, WIDTH)
    profile = dict(driver="GTiff", width=WIDTH, height=HEIGHT, count=1, dtype="uint16", nodata=0, crs=f"EPSG:{source_epsg}",
                   transform=source, tiled=True, blockxsize=128, blockysize=128, compress="deflate")
    with rasterio.open(f"{folder}/{name}.tif", "w", **profile) as file:
        file.write(samples, 1)
    across, down = scale(source_epsg, source, target_epsg, target, size)
    for method in ("nearest", "bilinear", "cubic"):
        # A tolerance of next to nothing: places are as good as computed. `rasterio.warp.reproject` is off by 0.125 pixels at most.
        with rasterio.open(f"{folder}/{name}.tif") as file, WarpedVRT(
            file, crs=f"EPSG:{target_epsg}", transform=target, height=size[0], width=size[1], src_nodata=0, nodata=0,
            resampling=Resampling[method], tolerance=1e-7, UNIFIED_SRC_NODATA="YES", XSCALE=f"{across:.12g}", YSCALE=f"{down:.12g}",
        ) as warped:
            warped.read(1).tofile(f"{folder}/{name}-{method}.raw")
    told.append({"name": name, "epsg": target_epsg, "transform": target.to_gdal(), "height": size[0], "width": size[1]})
# Places by PROJ, for the projections themselves.
places = []
for epsg, longitude, latitude in [(32616, -84.2, 33.9), (32733, 17.1, -29.2), (3857, 12.5, 41.9), (3035, 23.4, 61.2), (3034, 3.1, 44.2),
                                  (3413, -38.5, 72.3), (3031, 121.2, -74.9), (3577, 145.2, -31.1), (5070, -101.7, 38.4),
                                  (25832, 8.8, 53.1), (26910, -122.4, 47.6), (4258, 9.5, 50.5), (4326, -3.25, 40.5)]:
    (x,), (y,) = transform("EPSG:4326", f"EPSG:{epsg}", [longitude], [latitude])
    places.append([epsg, longitude, latitude, x, y])
print(json.dumps({"cases": told, "places": places}))
