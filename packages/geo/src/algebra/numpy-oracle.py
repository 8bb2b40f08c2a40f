"""What numpy makes of expressions and ranges: reads a request as JSON, writes raw arrays into the working folder.

The text of an expression is given to Python itself, so that its grammar is checked too.
"""

import functools
import json
import sys

import numpy as np
import rasterio

np.seterr(all='ignore')
request = json.load(sys.stdin)


def single(function):
    """The function in double precision, rounded once."""
    return lambda x: function(np.asarray(x, 'float64')).astype('float32') if isinstance(x, np.ndarray) else function(x)


def fold(function):
    return lambda *parts: functools.reduce(function, parts)


FUNCTIONS = {
    'abs': np.abs, 'sqrt': np.sqrt, 'floor': np.floor, 'ceil': np.ceil, 'round': np.rint,
    'where': lambda *parts: np.where(*parts).astype('float32'),
    'exp': single(np.exp), 'log': single(np.log), 'clamp': np.clip, 'min': fold(np.minimum), 'max': fold(np.maximum),
}
OWN = {**FUNCTIONS, 'exp': np.exp, 'log': np.log}


def values(samples, scale, offset):
    if scale == 1 and offset == 0:
        return samples.astype('float32')
    return (samples.astype('float64') * scale + offset).astype('float32')


def landsat():
    with rasterio.open(request['raster']) as raster:
        return {name: raster.read(index).ravel() for index, name in enumerate(raster.descriptions, 1)}


def hostile(dtype):
    """Every pair of remarkable values, then noise."""
    kind = np.dtype(dtype)
    if kind.kind == 'f':
        limits = np.finfo(kind)
        marks = [0, -0.0, 1, -1, 0.1, np.nan, np.inf, -np.inf, limits.max, limits.min, limits.tiny, limits.smallest_subnormal,
                 1000, 1001, 0.5, 1.5, 2.5, -2.5, 16777217, 3.5e38, 8388607.5]
    else:
        limits = np.iinfo(kind)
        marks = [0, 1, 2, limits.max, limits.max - 1, limits.min, limits.min + 1, 100, 127, limits.max // 2]
    marks = np.array(marks).astype(kind)
    random = np.random.default_rng(31)
    count = 3001
    if kind.kind == 'f':
        noise = lambda: (random.standard_normal(count) * 10.0 ** random.integers(-6, 6, count)).astype(kind)
    else:
        noise = lambda: random.integers(limits.min, limits.max, count, kind, endpoint=True)
    first, second = np.meshgrid(marks, marks)
    return {'nir': np.concatenate([first.ravel(), noise()]), 'red': np.concatenate([second.ravel(), noise()]),
            'blue': np.concatenate([np.resize(marks, first.size), noise()])}


inputs = {'landsat': landsat(), **{dtype: hostile(dtype) for dtype in request['types']}}
for name, bands in inputs.items():
    for band, samples in bands.items():
        samples.tofile(f'{name}.{band}.raw')
for number, case in enumerate(request['cases']):
    bands = {band: values(samples, case['scale'], case['offset']) for band, samples in inputs[case['input']].items()}
    functions = OWN if case['own'] else FUNCTIONS
    result = eval(case['text'].replace('^', '**'), {'__builtins__': {}}, {**functions, **bands, **case['constants']})
    assert result.dtype in (np.float32, bool), result.dtype
    result.astype('float32').tofile(f'{number}.raw')
