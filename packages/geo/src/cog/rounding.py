"""
Computes overviews anew: from each level of the GeoTIFFs named on the command line the next one, by numpy and, where the
size is even, by GDAL. Prints for each file and level how many samples differ, and by how much at most.
"""
import json
import sys

import numpy
from osgeo import gdal

gdal.UseExceptions()


def quads(array, fill):
    """The four samples under each pixel of the next level; `fill` where the raster has ended."""
    height, width = array.shape
    padded = numpy.full((height + height % 2, width + width % 2), fill, array.dtype)
    padded[:height, :width] = array
    return numpy.stack([padded[y::2, x::2] for y in (0, 1) for x in (0, 1)])


def averaged(array, counts, nodata):
    values = quads(array.astype("float64"), 0)
    weights = quads(counts.astype("float64"), 0)
    number = weights.sum(0)
    with numpy.errstate(all="ignore"):
        mean = numpy.where(weights > 0, values, 0).sum(0) / number
    if array.dtype.kind != "f":
        mean = numpy.sign(mean) * numpy.floor(numpy.abs(mean) + 0.5)
    result = numpy.where(number > 0, mean, 0 if nodata is None else nodata).astype(array.dtype)
    if nodata is not None and not numpy.isnan(nodata):
        top = array.dtype.kind != "f" and nodata == numpy.iinfo(array.dtype).max
        if array.dtype.kind == "f":
            instead = numpy.nextafter(array.dtype.type(nodata), array.dtype.type(numpy.inf))
        else:
            instead = nodata - 1 if top else nodata + 1
        result[(number > 0) & (result == array.dtype.type(nodata))] = instead
    return result


def common(array, counts, nodata):
    """Of the samples that count the value that first reached the greatest number, in raster order."""
    values = quads(array, 0).reshape(4, -1).T.tolist()
    weights = quads(counts, False).reshape(4, -1).T.tolist()
    best = []
    for four, valid in zip(values, weights):
        seen = {}
        most, value = 0, 0 if nodata is None else nodata
        for sample, counting in zip(four, valid):
            if counting:
                seen[sample] = seen.get(sample, 0) + 1
                if seen[sample] > most:
                    most, value = seen[sample], sample
        best.append(value)
    height, width = array.shape
    return numpy.array(best).astype(array.dtype).reshape((height + 1) // 2, (width + 1) // 2)


def by_gdal(array, method, nodata, gdal_type):
    source = gdal.GetDriverByName("MEM").Create("", array.shape[1], array.shape[0], 1, gdal_type)
    band = source.GetRasterBand(1)
    band.WriteArray(array)
    if nodata is not None:
        band.SetNoDataValue(nodata)
    source.BuildOverviews(method, [2])
    return band.GetOverview(0).ReadAsArray()


def difference(expected, seen):
    same = (expected == seen) | ((expected != expected) & (seen != seen))
    unlike = ~same
    gap = numpy.abs(expected.astype("float64") - seen.astype("float64"))[unlike]
    scale = numpy.abs(expected.astype("float64"))[unlike]
    return {"samples": int(unlike.sum()), "relative": float((gap / numpy.maximum(scale, 1e-30)).max()) if gap.size else 0.0}


def look(path, method):
    dataset = gdal.Open(path)
    band = dataset.GetRasterBand(1)
    nodata = band.GetNoDataValue()
    levels = [band] + [band.GetOverview(index) for index in range(band.GetOverviewCount())]
    arrays = [level.ReadAsArray() for level in levels]
    told = []
    for finer, seen in zip(arrays, arrays[1:]):
        if nodata is None:
            counts = numpy.ones(finer.shape, bool)
        else:
            counts = ~numpy.isnan(finer) if numpy.isnan(nodata) else finer != finer.dtype.type(nodata)
        facts = {}
        if method == "AVERAGE":
            facts["numpy"] = difference(averaged(finer, counts, nodata), seen)
        elif method == "MODE":
            facts["numpy"] = difference(common(finer, counts, nodata), seen)
        elif method == "NEAREST":
            facts["numpy"] = difference(finer[::2, ::2], seen)
        if finer.shape[0] % 2 == 0 and finer.shape[1] % 2 == 0:
            facts["gdal"] = difference(by_gdal(finer, method, nodata, band.DataType), seen)
        told.append(facts)
    return told


pairs = zip(sys.argv[1::2], sys.argv[2::2])
json.dump([look(path, method) for path, method in pairs], sys.stdout)
