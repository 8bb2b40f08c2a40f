"""The peer of the composites: numba, with all its threads, over samples in memory.

    composite-peer.py FILE SCENES SIDE THREADS RESULT   prints seconds by name, writes the results one after another

`course`: what the original worker computes: samples that count, sorted by r + g + b, the upper median of them. Written for
speed: sums in an array instead of a list of triplets, and a stable sort, so that there is one right answer.
`packed`: the best that we could write in numba: one number for each sample, of which the middle one is selected.
"""

import json
import os
import sys
import time

path, scenes, side, threads, result = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
os.environ['NUMBA_NUM_THREADS'] = str(threads)

import numba
import numpy as np


@numba.njit(parallel=True)
def course(samples):
    scenes, _, pixels = samples.shape
    result = np.zeros((3, pixels), dtype=np.uint8)
    tiles = (pixels + 255) // 256
    for tile in numba.prange(tiles):
        sums = np.empty(scenes, dtype=np.int32)
        which = np.empty(scenes, dtype=np.int32)
        for pixel in range(tile * 256, min(pixels, tile * 256 + 256)):
            count = 0
            for scene in range(scenes):
                r, g, b = samples[scene, 0, pixel], samples[scene, 1, pixel], samples[scene, 2, pixel]
                if r == 0 or g == 0 or b == 0 or r == 255 or g == 255 or b == 255:
                    continue
                sums[count] = np.int32(r) + np.int32(g) + np.int32(b)
                which[count] = scene
                count += 1
            if count == 0:
                continue
            chosen = which[np.argsort(sums[:count], kind='mergesort')[count // 2]]
            for band in range(3):
                result[band, pixel] = samples[chosen, band, pixel]
    return result


@numba.njit(parallel=True)
def packed(samples):
    scenes, _, pixels = samples.shape
    result = np.zeros((3, pixels), dtype=np.uint8)
    tiles = (pixels + 255) // 256
    for tile in numba.prange(tiles):
        keys = np.empty(scenes, dtype=np.int32)
        for pixel in range(tile * 256, min(pixels, tile * 256 + 256)):
            count = 0
            for scene in range(scenes):
                r, g, b = samples[scene, 0, pixel], samples[scene, 1, pixel], samples[scene, 2, pixel]
                if r == 0 or g == 0 or b == 0 or r == 255 or g == 255 or b == 255:
                    continue
                keys[count] = ((np.int32(r) + np.int32(g) + np.int32(b)) << 16) | (np.int32(r) << 8) | np.int32(g)
                count += 1
            if count == 0:
                continue
            key = np.partition(keys[:count], count // 2)[count // 2]
            r, g = (key >> 8) & 255, key & 255
            result[0, pixel] = r
            result[1, pixel] = g
            result[2, pixel] = (key >> 16) - r - g
    return result


samples = np.fromfile(path, dtype=np.uint8, count=scenes * 3 * side * side).reshape(scenes, 3, side * side)
seconds = {}
with open(result, 'wb') as file:
    for function in (course, packed):
        function(samples[:2, :, :4096].copy())
        times = []
        for _ in range(3):
            start = time.perf_counter()
            answer = function(samples)
            times.append(time.perf_counter() - start)
        seconds[function.__name__] = sorted(times)[1]
        file.write(answer.tobytes())
print(json.dumps(seconds))
