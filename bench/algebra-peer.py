"""The peer of the algebra bench: numpy on arrays, in one thread. Prints the median milliseconds of processor time of each work as JSON."""

import json
import statistics
import sys
import time

import numpy as np

side, runs = int(sys.argv[1]), int(sys.argv[2])
np.seterr(all='ignore')
count = np.arange(side * side, dtype=np.int64)
red = ((count * 104_729) % 20_011).astype('uint16')
nir = ((count * 7919) % 20_021).astype('uint16')
blue = ((count * 611_953) % 20_023).astype('uint16')
del count


def ndvi():
    a, b = nir.astype('float32'), red.astype('float32')
    result = (a - b) / (a + b)
    result[~np.isfinite(result)] = np.nan
    return result


def evi():
    n, r, b = ((band * 0.0001 - 0.1).astype('float32') for band in (nir, red, blue))
    result = 2.5 * (n - r) / (n + 6 * r - 7.5 * b + 1)
    result[~np.isfinite(result)] = np.nan
    return result


product = ndvi()
finite = product[np.isfinite(product)]
works = {'ndvi': ndvi, 'evi': evi, 'percentiles': lambda: np.percentile(finite, [2, 98], method='lower')}


def milliseconds(work):
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


print(json.dumps({name: statistics.median(milliseconds(work) for _ in range(runs)) for name, work in works.items()}))
