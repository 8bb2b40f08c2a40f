#!/usr/bin/python3
"""Makes fixtures/operations: input rasters and what OpenCV computes from them.

    /usr/bin/python3 scripts/make-operation-goldens.py PHOTOS

PHOTOS is the folder with the photographs that fixtures/operations/README.md lists. Without it the inputs that are
already there are kept, and only the expected results are made again. Needs Debian's python3-opencv (4.6),
python3-scipy and python3-pil.

Written are: inputs/NAME.raw.z, the deflated row-major interleaved bytes; cases.json, for each case its input, its step
and the SHA-256 of the expected bytes; expected/CASE.raw.z for the few cases whose difference one wants to look at.
"""

import hashlib
import json
import pathlib
import sys
import zlib

import cv2
import numpy as np
from scipy import ndimage
from scipy.interpolate import PchipInterpolator

import geometry_goldens as geometry

ROOT = pathlib.Path(__file__).resolve().parent.parent / 'fixtures' / 'operations'
CROPS = {  # name: (file, x, y, width, height)
    'astronaut': ('astronaut.png', 170, 40, 128, 112),
    'coffee': ('coffee.png', 300, 120, 113, 97),
    'chelsea': ('chelsea.png', 120, 60, 101, 89),
    'rocket': ('rocket.jpg', 300, 250, 97, 83),
}
LOOKED_AT = 'chelsea'
# Operations of tones and colours see each pixel alone: these hold all levels, all numbers of channels, and single pixels.
FOR_TONES = ['astronaut', 'chelsea', 'chelsea-gray', 'chelsea-gray-alpha', 'chelsea-rgba', 'noise-gray', 'noise-gray-alpha',
             'noise-rgb', 'noise-rgba', 'noise-extremes', 'gradient-across', 'gradient-colours', 'tiny-1x1', 'tiny-gray-1x1']
# Operations of neighbourhoods: photographs, noise, and pictures smaller than the neighbourhood.
FOR_FILTERS = ['chelsea', 'chelsea-gray', 'chelsea-gray-alpha', 'noise-rgb', 'noise-rgba', 'noise-gray', 'noise-extremes',
               'checkerboard', 'gradient-across', 'rings', 'tiny-1x1', 'tiny-1x2', 'tiny-7x101', 'tiny-gray-1x37', 'tiny-41x1']
# What is laid over each other: all numbers of channels, larger and smaller than the other picture.
FOR_COMBINING = ['chelsea', 'chelsea-gray-alpha', 'noise-rgb', 'noise-rgba', 'noise-gray', 'tiny-1x1']
# Where OpenCV computes with floating point numbers, its results are kept and may differ by one level.
KEPT = ['noise-rgb', 'noise-rgba', 'noise-gray-alpha', 'gradient-colours']

CLUSTERED = ['chelsea', 'chelsea-gray-alpha', 'noise-rgba', 'gradient-colours']


def serpentine(width, height, pitch=8):
    """A line that runs to and fro over the whole picture: weak everywhere but at its end."""
    picture = np.zeros((height, width), np.uint8)
    half = pitch // 2
    rows = range(2, height - half - 1, pitch)
    for number, y in enumerate(rows):
        picture[y:y + half, 2:width - 2] = 30
        if y + pitch in rows:
            x = width - 2 - half if number % 2 == 0 else 2
            picture[y:y + pitch + half, x:x + half] = 30
    end = rows[-1]
    picture[end:end + half, width // 2:width // 2 + 8] = 255
    return picture


def synthetic():
    rng = np.random.default_rng(20240607)
    noise = lambda *shape: rng.integers(0, 256, shape, np.uint8)
    yield 'noise-gray', noise(47, 61)
    yield 'noise-gray-alpha', noise(43, 53, 2)
    yield 'noise-rgb', noise(47, 61, 3)
    yield 'noise-rgba', noise(37, 59, 4)
    yield 'noise-extremes', (noise(41, 67, 3) & 1) * np.uint8(255)
    yield 'noise-soft', (noise(53, 71, 3) >> 3) + np.uint8(100)
    for width, height in [(1, 1), (1, 2), (2, 1), (2, 2), (3, 2), (2, 3), (5, 5), (1, 37), (41, 1), (7, 101), (103, 5)]:
        yield f'tiny-{width}x{height}', noise(height, width, 3)
        yield f'tiny-gray-{width}x{height}', noise(height, width)
    y, x = np.mgrid[0:31, 0:33]
    yield 'checkerboard', (((x + y) & 1) * 255).astype(np.uint8)
    yield 'checkerboard-8', (((x // 8 + y // 8) & 1) * 200 + 20).astype(np.uint8)
    ramp = np.arange(256, dtype=np.uint8)
    yield 'gradient-across', np.repeat(ramp[None, :], 16, 0)
    yield 'gradient-down', np.repeat(ramp[:, None], 16, 1)
    y, x = np.mgrid[0:96, 0:96]
    yield 'gradient-colours', np.stack([x * 2, y * 2, (x + y)], -1).astype(np.uint8)
    rings = 127.5 + 120 * np.sin(np.hypot(x - 40.3, y - 51.7) / 3.1)
    yield 'rings', np.rint(rings).astype(np.uint8)
    yield 'serpentine-300', serpentine(300, 263)
    yield 'serpentine-2048', serpentine(2048, 2048)


def inputs(photos):
    for name, (file, x, y, width, height) in CROPS.items():
        picture = cv2.cvtColor(cv2.imread(str(photos / file), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
        crop = picture[y:y + height, x:x + width]
        yield name, crop
        if name == LOOKED_AT:
            gray = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)
            alpha = np.rint(np.linspace(0, 255, crop.shape[0] * crop.shape[1])).astype(np.uint8).reshape(gray.shape)
            yield name + '-gray', gray
            yield name + '-gray-alpha', np.dstack([gray, alpha])
            yield name + '-rgba', np.dstack([crop, alpha])
    yield from synthetic()


def steps():
    yield from (('grayscale', {}), ('invert', {}), ('swap-red-blue', {}), ('sharpen', {}))
    for value in (0, 100, 127.5, 254.9, 255):
        yield 'threshold', {'value': value}
    for ksize in (3, 5, 7):
        yield 'median', {'ksize': ksize}
    for ksize, sigma in [(1, 0), (3, 0), (5, 0), (7, 0), (9, 0), (11, 0), (21, 0), (31, 0), (61, 0), (1, 3), (3, 5), (5, 1.2),
                         (9, 0.1), (21, 3.5), (21, 50), (61, 50), (61, 0.7)]:
        yield 'gaussian-blur', {'ksize': ksize, 'sigma': sigma}
    for ksize in (1, 2, 3, 4, 5, 6, 9, 16, 30, 31):
        yield 'dilate', {'ksize': ksize}
        yield 'erode', {'ksize': ksize}
    for low, high, aperture in [(100, 200, 3), (200, 100, 3), (0, 0, 3), (30.7, 90.2, 3), (50, 50, 3), (100, 200, 5),
                                (900, 2500, 5), (100, 200, 7), (8000, 10000, 7), (1037.3, 2099.9, 7)]:
        for l2 in (False, True):
            yield 'canny', {'low': low, 'high': high, 'aperture': aperture, 'l2': l2}


def tone_steps():
    for value in (0, 100, 127.5, 255):
        for kind in ('binary-inverse', 'truncate', 'to-zero', 'to-zero-inverse'):
            yield 'threshold', {'value': value, 'type': kind}
    for brightness, contrast in [(0, 0), (12, 0), (-30.5, 0), (0, 40), (0, -60), (10, 100), (-20, -100), (100, 33.3)]:
        yield 'brightness-contrast', {'brightness': brightness, 'contrast': contrast}
    for gamma in (0.1, 0.45, 1, 1.5, 2.2, 10):
        yield 'gamma', {'gamma': gamma}
    for channel in ('all', 'red', 'green', 'blue'):
        yield 'levels', {'black': 30, 'white': 190, 'gamma': 1.3, 'darkest': 10, 'brightest': 240, 'channel': channel}
        yield 'curves', {'points': '0 0 / 64 44 / 192 212 / 255 255', 'channel': channel}
    for black, white, gamma, darkest, brightest in [(0, 255, 1, 255, 0), (100, 100, 1, 0, 255), (200, 50, 2, 0, 255)]:
        yield 'levels', {'black': black, 'white': white, 'gamma': gamma, 'darkest': darkest, 'brightest': brightest,
                         'channel': 'all'}
    for points in ('0 255 / 255 0', '10 0 / 20 200 / 21 10 / 100 10 / 130 250', '128 9 / 129 250', '0 128 / 90 128 / 255 0'):
        yield 'curves', {'points': points, 'channel': 'all'}
    for levels in (2, 3, 4, 7, 64):
        yield 'posterize', {'levels': levels}
    for threshold in (0, 1, 128, 255):
        yield 'solarize', {'threshold': threshold}
    yield 'statistics', {}
    yield 'gray-world', {}
    for by in ('luma', 'channel'):
        yield 'equalize-histogram', {'by': by}
        for low, high in [(0, 0), (0.5, 0.5), (2.5, 10), (50, 0), (50, 50)]:
            yield 'auto-levels', {'low': low, 'high': high, 'by': by}
    for kind in ('binary', 'binary-inverse'):
        yield 'otsu', {'type': kind}
    for darkest, brightest in [(0, 255), (30, 190), (200, 10), (77, 77)]:
        yield 'normalize', {'darkest': darkest, 'brightest': brightest}
    for aperture in (3, 5, 7):
        for l2 in (False, True):
            yield 'canny-otsu', {'aperture': aperture, 'l2': l2}
    yield 'white-balance', {'red': 1.2, 'green': 1, 'blue': 0.75}
    yield 'white-balance', {'red': 0, 'green': 4, 'blue': 0.333}


def filter_steps():
    for ksize in (1, 3, 9, 31, 101):
        yield 'box-blur', {'ksize': ksize}
    for ksize, percentile in [(1, 0), (3, 0), (3, 50), (5, 20), (7, 100), (15, 33.3), (31, 75)]:
        yield 'rank-filter', {'ksize': ksize, 'percentile': percentile}
    for strength, template, search in [(10, 7, 21), (0, 3, 5), (40, 9, 11)]:
        yield 'non-local-means', {'strength': strength, 'template': template, 'search': search}
    for limit, across, down in [(2, 8, 8), (0, 8, 8), (40, 3, 5), (0.001, 1, 1), (4, 7, 1), (1.3, 32, 31)]:
        yield 'clahe', {'limit': limit, 'across': across, 'down': down}
    for points, like, tolerance, connectivity in [('50 50', 'point', 24, 4), ('92 12 / 10 90', 'point', 60, 8), ('0 0 / 100 100', 'neighbour', 9, 4),
                                                  ('33.3 66.6', 'neighbour', 40, 8), ('50 50', 'point', 0, 4)]:
        yield 'flood-fill', {'points': points, 'like': like, 'tolerance': tolerance, 'connectivity': connectivity, 'colour': '#ff2d55'}
    for level, objects, connectivity, least in [(127, 'bright', 8, 1), (127, 'dark', 4, 1), (100, 'bright', 8, 12), (0, 'bright', 4, 3)]:
        yield 'connected-components', {'level': level, 'objects': objects, 'connectivity': connectivity, 'least': least}
    for sigma, amount, threshold in [(0.5, 100, 0), (1.5, 100, 0), (3, 250.5, 12), (10, 40, 255), (8, 500, 3)]:
        yield 'unsharp-mask', {'sigma': sigma, 'amount': amount, 'threshold': threshold}
    for sigma in (0.5, 3, 10):
        yield 'high-pass', {'sigma': sigma}
    for light in range(0, 360, 45):
        yield 'emboss', {'light': light, 'strength': 2 if light % 2 else 1}
    for direction in ('both', 'across', 'upright'):
        for aperture, scale in [(3, 1), (5, 0.1), (7, 0.013)]:
            yield 'sobel', {'direction': direction, 'aperture': aperture, 'scale': scale}
        yield 'scharr', {'direction': direction, 'scale': 0.25}
        yield 'prewitt', {'direction': direction, 'scale': 1.7}
    for aperture, scale in [(1, 1), (3, 0.5), (5, 0.1), (7, 0.01)]:
        yield 'laplacian', {'aperture': aperture, 'scale': scale}
    for block, constant in [(3, 0), (21, 5), (11, -7.5), (61, 2.5)]:
        for kind in ('binary', 'binary-inverse'):
            yield 'adaptive-threshold', {'method': 'mean', 'block': block, 'constant': constant, 'type': kind}
    for shape in SHAPES:
        for ksize, iterations in [(1, 1), (2, 3), (3, 1), (5, 2), (8, 1), (31, 1), (4, 10)]:
            for op in ('dilate', 'erode') if shape != 'rectangle' or iterations > 1 else ():
                yield op, {'ksize': ksize, 'shape': shape, 'iterations': iterations}
        for kind in KINDS:
            for ksize, iterations in [(5, 1), (3, 2), (6, 1)]:
                yield 'morphology', {'kind': kind, 'ksize': ksize, 'shape': shape, 'iterations': iterations}
    for low, high, aperture, blur, colour, brightness in [(10, 30, 5, 3, '#00ff00', 0.5), (50, 150, 3, 1, '#FF8000', 0),
                                                          (400, 900, 7, 9, '#123456', 1), (0, 0, 3, 21, '#ffffff', 0.301)]:
        yield 'overlay-edges', {'low': low, 'high': high, 'aperture': aperture, 'blur': blur, 'colour': colour,
                                'brightness': brightness}
    for size in (1, 2, 7, 12, 128):
        yield 'pixelate', {'size': size}
    for amount, radius in [(0, 0), (60, 35), (100, 0), (80, 99)]:
        yield 'vignette', {'amount': amount, 'radius': radius}
    for kernel, divisor, offset in [('0 -1 0 / -1 5 -1 / 0 -1 0', 0, 0), ('1', 3, 10), ('1 0 -1', 0, 128), ('1 / 2 / 3 / 2 / 1', 0, -5)]:
        yield 'filter2d', {'kernel': kernel, 'divisor': divisor, 'offset': offset}


def combine_steps():
    for mode in MIXED:
        for image, opacity, position in [('astronaut', 1, 'top-left'), ('noise-rgba', 0.6, 'bottom')]:
            yield 'blend', {'image': image, 'mode': mode, 'opacity': opacity, 'position': position}
    for image, position in [('rings', 'centre'), ('noise-gray-alpha', 'right'), ('tiny-1x1', 'top')]:
        yield 'blend', {'image': image, 'mode': 'overlay', 'opacity': 0.301, 'position': position}
    for image in ('rings', 'chelsea-rgba', 'checkerboard'):
        for source in ('luma', 'alpha'):
            for rest, invert in [('transparent', False), ('transparent', True), ('black', False), ('black', True)]:
                yield 'mask', {'image': image, 'source': source, 'rest': rest, 'invert': invert, 'position': 'centre'}
    for image, opacity, margin, repeat, gap in [('tiny-5x5', 1, 3, False, 0), ('noise-gray-alpha', 0.5, 0, False, 9),
                                                ('tiny-5x5', 0.7, 2, True, 4), ('noise-rgba', 1, 11, True, 17)]:
        for position in ('top-left', 'centre', 'bottom-right'):
            yield 'watermark', {'image': image, 'opacity': opacity, 'position': position, 'margin': margin,
                                'repeat': repeat, 'gap': gap}

    for text, colour, opacity, repeat in [('noise-gray', '#FF8000', 0.6, False), ('tiny-gray-5x5', '#ffffff', 1, True)]:
        yield 'watermark-text', {'text': text, 'size': 5, 'colour': colour, 'opacity': opacity, 'angle': 0,
                                 'position': 'right', 'margin': 3, 'repeat': repeat, 'gap': 2}
    for fit, position in [('stretch', 'centre'), ('cover', 'centre'), ('cover', 'top-left'), ('contain', 'bottom-right')]:
        yield 'blend', {'image': 'noise-rgba', 'mode': 'normal', 'opacity': 0.8, 'fit': fit, 'position': position}
        yield 'mask', {'image': 'rings', 'source': 'luma', 'rest': 'transparent', 'invert': False, 'fit': fit, 'position': position}
    for width, repeat in [(30, False), (100, False), (12.5, True)]:
        yield 'watermark', {'image': 'noise-rgba', 'width': width, 'opacity': 0.9, 'position': 'bottom-right', 'margin': 3,
                            'repeat': repeat, 'gap': 2}


def float_filter_steps():
    for ksize, colour, space in [(3, 40, 3), (5, 20, 2), (9, 40, 3), (9, 255, 50), (31, 60, 8)]:
        yield 'bilateral', {'ksize': ksize, 'sigmaColour': colour, 'sigmaSpace': space}
    for length, angle in [(1, 0), (21, 0), (15, 90), (10, 45), (101, -30), (8, 180)]:
        yield 'motion-blur', {'length': length, 'angle': angle}
    rows = [[(x * 7 + y * 3) % 5 - 1.25 for x in range(31)] for y in range(29)]
    yield 'filter2d', {'kernel': ' / '.join(' '.join(str(weight) for weight in row) for row in rows), 'divisor': 0, 'offset': 0}
    yield 'adaptive-threshold', {'method': 'gaussian', 'block': 11, 'constant': 5, 'type': 'binary'}
    yield 'adaptive-threshold', {'method': 'gaussian', 'block': 61, 'constant': -2.5, 'type': 'binary-inverse'}


def float_steps():
    for red, green, blue in [(1, 0, 0), (0.2126, 0.7152, 0.0722), (1, 1, 1), (0, 0, 0)]:
        yield 'grayscale', {'red': red, 'green': green, 'blue': blue}
    for hue, saturation, lightness in [(0, 0, 0), (120, 0, 0), (-77.7, 0, 0), (180, 50, 0), (0, -100, 0), (0, 100, 0), (0, -40, 30),
                                       (30, 20, -45), (0, 0, 100), (0, 0, -100)]:
        yield 'hue-saturation-lightness', {'hue': hue, 'saturation': saturation, 'lightness': lightness}
    for amount in (0, 55, 100):
        yield 'sepia', {'amount': amount}
    for colour, amount in [('#4f8fd0', 60), ('#FFCC00', 100), ('#000000', 30)]:
        yield 'tint', {'colour': colour, 'amount': amount}
    names = ('red', 'green', 'blue')
    for rows in [((100, 0, 0, 0), (0, 100, 0, 0), (0, 0, 100, 0)), ((0, 100, 0, 0), (60, 40, 0, 5), (0, 0, 100, -20)),
                 ((-200, 200, 100, 0), (200, 200, -200, 100), (33.3, 33.3, 33.4, -100))]:
        yield 'channel-mixer', {f'{name}{what}': value for name, row in zip(names, rows)
                                for what, value in zip(('FromRed', 'FromGreen', 'FromBlue', 'Constant'), row)}


def cluster_steps():
    for k, iterations in [(2, 2), (5, 4), (8, 10), (12, 30)]:
        yield 'k-means', {'k': k, 'iterations': iterations}


def table(curve):
    return np.clip(np.floor(curve(np.arange(256.0)) + 0.5), 0, 255).astype(np.uint8)


def mapped(picture, curve, channel='all'):
    """OpenCV's table look-up for all channels, or for one of three."""
    if channel == 'all':
        return cv2.LUT(picture, table(curve))
    if picture.ndim == 2:
        return picture
    tables = [table(curve) if name == channel else np.arange(256, dtype=np.uint8) for name in ('red', 'green', 'blue')]
    return cv2.LUT(picture, np.stack(tables, -1)[None])


def colourful(picture):
    return cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB) if picture.ndim == 2 else picture


def mixed(picture, rows, amount=1.0):
    rows = np.array(rows, np.float64)
    own = np.hstack([np.eye(3), np.zeros((3, 1))])
    return cv2.transform(colourful(picture), amount * rows + (1 - amount) * own)


def levels(params):
    span = max(1, params['white'] - params['black'])
    share = lambda v: np.clip((v - params['black']) / span, 0, 1) ** (1 / params['gamma'])
    return lambda v: params['darkest'] + (params['brightest'] - params['darkest']) * share(v)


def curve(points):
    x, y = np.array([[float(number) for number in point.split()] for point in points.split('/')]).T
    inside = PchipInterpolator(x, y)
    return lambda v: inside(np.clip(v, x[0], x[-1]))


def hue_saturation_lightness(picture, params):
    hls = cv2.cvtColor(colourful(picture).astype(np.float32) / 255, cv2.COLOR_RGB2HLS)
    share = params['lightness'] / 100
    hls[:, :, 0] = (hls[:, :, 0] + params['hue']) % 360
    hls[:, :, 1] = hls[:, :, 1] * (1 - abs(share)) + max(0, share)
    hls[:, :, 2] = np.minimum(1, hls[:, :, 2] * (1 + params['saturation'] / 100))
    rgb = np.floor(cv2.cvtColor(hls, cv2.COLOR_HLS2RGB) * 255 + 0.5).astype(np.uint8)
    return rgb if picture.ndim == 3 else rgb[:, :, 0]


SHAPES = {'rectangle': cv2.MORPH_RECT, 'ellipse': cv2.MORPH_ELLIPSE, 'cross': cv2.MORPH_CROSS}
KINDS = {'open': cv2.MORPH_OPEN, 'close': cv2.MORPH_CLOSE, 'gradient': cv2.MORPH_GRADIENT, 'top-hat': cv2.MORPH_TOPHAT,
         'black-hat': cv2.MORPH_BLACKHAT}


def element(params):
    return cv2.getStructuringElement(SHAPES[params.get('shape', 'rectangle')], (params['ksize'], params['ksize']))


def cut_off(values):
    return np.clip(np.floor(values + 0.5), 0, 255).astype(np.uint8)


def gradient(picture, op, params):
    derive = {
        'sobel': lambda dx, dy: cv2.Sobel(picture, cv2.CV_64F, dx, dy, ksize=params['aperture']),
        'scharr': lambda dx, dy: cv2.Scharr(picture, cv2.CV_64F, dx, dy),
        'prewitt': lambda dx, dy: cv2.filter2D(picture, cv2.CV_64F, np.outer([1, 1, 1], [-1, 0, 1]) if dx else
                                               np.outer([-1, 0, 1], [1, 1, 1])),
    }[op]
    if params['direction'] == 'both':
        across, down = derive(1, 0), derive(0, 1)
        return cut_off(params['scale'] * np.sqrt(across * across + down * down))
    return cut_off(params['scale'] * np.abs(derive(*((1, 0) if params['direction'] == 'across' else (0, 1)))))


def blurred(picture, sigma):
    side = 2 * int(np.ceil(3 * sigma)) + 1
    return cv2.GaussianBlur(picture, (side, side), sigma).astype(int)


def relief(light, strength):
    """The kernel for light from above left, its border turned."""
    around = [(0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0)]
    kernel = np.zeros((3, 3))
    kernel[1, 1] = 1
    for place, weight in zip(around, np.roll([-2, -1, 0, 1, 2, 1, 0, -1], (135 - light) // 45)):
        kernel[place] = weight * strength
    return kernel


def line(length, angle):
    reach = int(np.ceil((length - 1) / 2))
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1))
    direction = np.exp(1j * np.radians(angle))
    for along in np.arange(length) - (length - 1) / 2:
        x, y = reach + along * direction.real, reach - along * direction.imag
        rows, columns = np.mgrid[0:2 * reach + 1, 0:2 * reach + 1]
        kernel += np.clip(1 - np.abs(rows - y), 0, None) * np.clip(1 - np.abs(columns - x), 0, None)
    return kernel / length


def ranked(picture, params):
    rank = int(np.floor(params['percentile'] / 100 * (params['ksize'] ** 2 - 1) + 0.5))
    one = lambda channel: ndimage.rank_filter(channel, rank, size=params['ksize'], mode='nearest')
    return one(picture) if picture.ndim == 2 else np.dstack([one(channel) for channel in cv2.split(picture)])


def pixelated(picture, size):
    result = picture.copy()
    for y in range(0, picture.shape[0], size):
        for x in range(0, picture.shape[1], size):
            part = picture[y:y + size, x:x + size].astype(int)
            area = part.shape[0] * part.shape[1]
            result[y:y + size, x:x + size] = (2 * part.sum((0, 1)) + area) // (2 * area)
    return result


def vignetted(picture, params):
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    y, x = y - (height - 1) / 2, x - (width - 1) / 2
    corner = max(0.5, np.sqrt(((width - 1) / 2) ** 2 + ((height - 1) / 2) ** 2))
    begins = params['radius'] / 100
    s = np.clip((np.sqrt(x * x + y * y) / corner - begins) / (1 - begins), 0, 1)
    light = 1 - params['amount'] / 100 * s * s * (3 - 2 * s)
    return np.floor(picture * (light if picture.ndim == 2 else light[:, :, None]) + 0.5).astype(np.uint8)


def each_channel(picture, change):
    return change(picture) if picture.ndim == 2 else np.dstack([change(channel) for channel in cv2.split(picture)])


def equalized(picture, by):
    if picture.ndim == 2 or by == 'channel':
        return each_channel(picture, cv2.equalizeHist)
    luma, *chroma = cv2.split(cv2.cvtColor(picture, cv2.COLOR_RGB2YCrCb))
    return cv2.cvtColor(cv2.merge([cv2.equalizeHist(luma), *chroma]), cv2.COLOR_YCrCb2RGB)


def stretched(picture, params, gray):
    def stretch(levels, counted):
        ranks = np.sort(counted, axis=None)
        at = lambda share: int(ranks[max(1, int(np.ceil(ranks.size * share))) - 1])
        black, white = at(params['low'] / 100), at(1 - params['high'] / 100)
        return levels if white <= black else cut_off((levels.astype(float) - black) * 255 / (white - black))
    return stretch(picture, gray()) if params['by'] == 'luma' else each_channel(picture, lambda one: stretch(one, one))


def gray_world(picture):
    if picture.ndim == 2:
        return picture
    sums = [int(channel.sum(dtype=np.int64)) for channel in cv2.split(picture)]
    gained = lambda level, own: min(255, (2 * level * sum(sums) + 3 * own) // (6 * own)) if own else level
    return cv2.LUT(picture, np.array([[gained(level, own) for own in sums] for level in range(256)], np.uint8)[None])


def k_means(picture, params):
    """OpenCV's k-means, begun with the clusters around the fullest and the farthest bins of a coarse histogram."""
    colours = picture.reshape(-1, 1 if picture.ndim == 2 else 3).astype(np.float32)
    coarse = colours if picture.ndim == 2 else 16 * np.floor(colours / 16) + 8
    bins, counts = np.unique(coarse, axis=0, return_counts=True)
    chosen = [bins[np.argmax(counts)]]
    while len(chosen) < params['k']:
        distances = np.min([((bins - one) ** 2).sum(1) for one in chosen], 0)
        chosen.append(bins[np.argmax(counts * distances)])
    nearest = lambda centres: np.argmin([((colours - one) ** 2).sum(1) for one in centres], 0)
    labels = nearest(chosen).astype(np.int32)
    criteria = (cv2.TERM_CRITERIA_MAX_ITER + cv2.TERM_CRITERIA_EPS, params['iterations'], 0)
    centres = cv2.kmeans(colours, params['k'], labels, criteria, 1, cv2.KMEANS_USE_INITIAL_LABELS)[2]
    return cut_off(centres)[nearest(centres)].reshape(picture.shape)


THRESHOLDS = {'binary': cv2.THRESH_BINARY, 'binary-inverse': cv2.THRESH_BINARY_INV, 'truncate': cv2.THRESH_TRUNC,
              'to-zero': cv2.THRESH_TOZERO, 'to-zero-inverse': cv2.THRESH_TOZERO_INV}


def with_luma(picture, change):
    """A change of gray pictures done to the luma of others."""
    if picture.ndim == 2:
        return change(picture)
    parts = cv2.cvtColor(picture, cv2.COLOR_RGB2YCrCb)
    parts[:, :, 0] = change(np.ascontiguousarray(parts[:, :, 0]))
    return cv2.cvtColor(parts, cv2.COLOR_YCrCb2RGB)


def components(gray, params):
    """Labels in the raster order of first pixels, which CCL_WU gives with 4 and with 8 neighbours."""
    mask = (gray > params['level'] if params['objects'] == 'bright' else gray <= params['level']).astype(np.uint8)
    _, labels, stats, centroids = cv2.connectedComponentsWithStatsWithAlgorithm(mask, params['connectivity'], cv2.CV_32S, cv2.CCL_WU)
    kept = stats[:, cv2.CC_STAT_AREA] >= params['least']
    kept[0] = False
    return np.where(kept, np.cumsum(kept), 0)[labels], stats[kept], centroids[kept]


def flooded(picture, params):
    height, width = picture.shape[:2]
    filled = colourful(picture).copy()
    fixed = cv2.FLOODFILL_FIXED_RANGE if params['like'] == 'point' else 0
    for point in params['points'].split('/'):
        x, y = [min(length - 1, int(np.floor(float(percent) * length / 100))) for percent, length in zip(point.split(), (width, height))]
        mask = np.zeros((height + 2, width + 2), np.uint8)
        most = (params['tolerance'],) * 3
        cv2.floodFill(picture.copy(), mask, (x, y), 0, most, most, params['connectivity'] | cv2.FLOODFILL_MASK_ONLY | fixed | 1 << 8)
        filled[mask[1:-1, 1:-1] > 0] = [int(params['colour'][at:at + 2], 16) for at in (1, 3, 5)]
    return filled


def label_colours(labels):
    hue = ((labels.astype(np.uint64) * 0x9e3779b9 & 0xffffffff) * 1536 >> 32).astype(int)
    up, down, zero, full = hue & 255, 255 - (hue & 255), 0 * hue, 0 * hue + 255
    sectors = [(full, up, zero), (down, full, zero), (zero, full, up), (zero, down, full), (up, zero, full), (full, zero, down)]
    colour = np.select([(hue >> 8 == sector)[..., None] for sector in range(6)], [np.stack(parts, -1) for parts in sectors])
    shade = (labels % 3)[..., None]
    colour = np.select([shade == 0, shade == 1], [colour, 112 + (colour * 143 >> 8)], colour * 5 >> 3)
    return np.where(labels[..., None] > 0, colour, 0).astype(np.uint8)


def compute(op, params, picture):
    """What OpenCV makes of a picture of 1 or 3 channels."""
    gray = lambda: cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture
    match op:
        case 'grayscale' if params and picture.ndim == 3:
            return cv2.transform(picture, np.array([[params['red'], params['green'], params['blue']]]))
        case 'grayscale':
            return gray()
        case 'invert':
            return cv2.bitwise_not(picture)
        case 'swap-red-blue':
            return cv2.cvtColor(picture, cv2.COLOR_RGB2BGR) if picture.ndim == 3 else picture
        case 'threshold':
            return cv2.threshold(gray(), params['value'], 255, THRESHOLDS[params.get('type', 'binary')])[1]
        case 'brightness-contrast':
            slope = np.tan(np.pi / 4 * (1 + params['contrast'] / 100))
            return mapped(picture, lambda v: (v - 127.5) * slope + 127.5 + 2.55 * params['brightness'])
        case 'gamma':
            return mapped(picture, lambda v: 255 * (v / 255) ** (1 / params['gamma']))
        case 'levels':
            return mapped(picture, levels(params), params['channel'])
        case 'curves':
            return mapped(picture, curve(params['points']), params['channel'])
        case 'posterize':
            return mapped(picture, lambda v: 255 * np.floor(v * params['levels'] / 256) / (params['levels'] - 1))
        case 'solarize':
            return np.where(picture >= params['threshold'], cv2.bitwise_not(picture), picture)
        case 'white-balance':
            gains = [table(lambda v: v * params[name]) for name in ('red', 'green', 'blue')]
            return cv2.LUT(colourful(picture), np.stack(gains, -1)[None])
        case 'hue-saturation-lightness':
            return hue_saturation_lightness(picture, params)
        case 'sepia':
            return mixed(picture, [[.393, .769, .189, 0], [.349, .686, .168, 0], [.272, .534, .131, 0]], params['amount'] / 100)
        case 'tint':
            shades = [int(params['colour'][at:at + 2], 16) / 255 for at in (1, 3, 5)]
            return mixed(picture, [[.299 * s, .587 * s, .114 * s, 0] for s in shades], params['amount'] / 100)
        case 'channel-mixer':
            parts = ('FromRed', 'FromGreen', 'FromBlue', 'Constant')
            return mixed(picture, [[params[name + part] * (2.55 if part == 'Constant' else .01) for part in parts]
                                   for name in ('red', 'green', 'blue')])
        case 'gaussian-blur':
            return cv2.GaussianBlur(picture, (params['ksize'], params['ksize']), params['sigma'])
        case 'sharpen':
            return cv2.filter2D(picture, -1, np.array([[-1, -1, -1], [-1, 9, -1], [-1, -1, -1]]))
        case 'median':
            return cv2.medianBlur(picture, params['ksize'])
        case 'dilate':
            return cv2.dilate(picture, element(params), iterations=params.get('iterations', 1))
        case 'erode':
            return cv2.erode(picture, element(params), iterations=params.get('iterations', 1))
        case 'morphology':
            return cv2.morphologyEx(picture, KINDS[params['kind']], element(params), iterations=params['iterations'])
        case 'box-blur':
            return cv2.blur(picture, (params['ksize'], params['ksize']))
        case 'motion-blur':
            return cut_off(cv2.filter2D(picture, cv2.CV_64F, line(params['length'], params['angle'])))
        case 'rank-filter':
            return ranked(picture, params)
        case 'bilateral':
            return cv2.bilateralFilter(picture, params['ksize'], params['sigmaColour'], params['sigmaSpace'])
        case 'non-local-means':
            return cv2.fastNlMeansDenoising(picture, None, params['strength'], params['template'], params['search'])
        case 'clahe':
            return with_luma(picture, cv2.createCLAHE(params['limit'], (params['across'], params['down'])).apply)
        case 'unsharp-mask':
            difference = picture.astype(int) - blurred(picture, params['sigma'])
            added = (int(np.floor(2.56 * params['amount'] + 0.5)) * difference + 128) >> 8
            return np.clip(picture + np.where(np.abs(difference) > params['threshold'], added, 0), 0, 255).astype(np.uint8)
        case 'high-pass':
            return np.clip(128 + picture.astype(int) - blurred(picture, params['sigma']), 0, 255).astype(np.uint8)
        case 'emboss':
            return cv2.filter2D(picture, -1, relief(params['light'], params['strength']))
        case 'filter2d':
            kernel = np.array([[float(word) for word in row.split()] for row in params['kernel'].split('/')])
            divisor = params['divisor'] or kernel.sum() or 1
            return cut_off(cv2.filter2D(picture, cv2.CV_64F, kernel) / divisor + params['offset'])
        case 'sobel' | 'scharr' | 'prewitt':
            return gradient(picture, op, params)
        case 'laplacian':
            return cut_off(params['scale'] * np.abs(cv2.Laplacian(picture, cv2.CV_64F, ksize=params['aperture'])))
        case 'adaptive-threshold':
            method = cv2.ADAPTIVE_THRESH_MEAN_C if params['method'] == 'mean' else cv2.ADAPTIVE_THRESH_GAUSSIAN_C
            return cv2.adaptiveThreshold(gray(), 255, method, THRESHOLDS[params['type']], params['block'], params['constant'])
        case 'pixelate':
            return pixelated(picture, params['size'])
        case 'flood-fill':
            return flooded(picture, params)
        case 'connected-components':
            return label_colours(components(gray(), params)[0])
        case 'statistics':
            return picture
        case 'gray-world':
            return gray_world(picture)
        case 'equalize-histogram':
            return equalized(picture, params['by'])
        case 'auto-levels':
            return stretched(picture, params, gray)
        case 'otsu':
            return cv2.threshold(gray(), 0, 255, THRESHOLDS[params['type']] | cv2.THRESH_OTSU)[1]
        case 'normalize':
            return cv2.normalize(picture, None, params['darkest'], params['brightest'], cv2.NORM_MINMAX)
        case 'canny-otsu':
            high = cv2.threshold(gray(), 0, 255, cv2.THRESH_OTSU)[0]
            return cv2.Canny(picture, high / 2, high, apertureSize=params['aperture'], L2gradient=params['l2'])
        case 'k-means':
            return k_means(picture, params)
        case 'vignette':
            return vignetted(picture, params)
        case 'overlay-edges':
            edges = cv2.Canny(cv2.blur(picture, (params['blur'], params['blur'])), params['low'], params['high'],
                              apertureSize=params['aperture'])
            result = colourful(mapped(picture, lambda v: v * params['brightness']))
            result[edges == 255] = [int(params['colour'][at:at + 2], 16) for at in (1, 3, 5)]
            return result
        case 'canny':
            return cv2.Canny(picture, params['low'], params['high'], apertureSize=params['aperture'],
                             L2gradient=params['l2'])


def product(a, b):
    return cv2.multiply(a, b, scale=1 / 255)


def overlay(backdrop, layer):
    b, s = backdrop / 255, layer / 255
    return np.rint(255 * np.where(b <= .5, 2 * b * s, 1 - 2 * (1 - b) * (1 - s))).astype(np.uint8)


MIXED = {'normal': lambda backdrop, layer: layer, 'multiply': product, 'screen': lambda b, s: ~product(~b, ~s), 'overlay': overlay,
         'darken': cv2.min, 'lighten': cv2.max, 'difference': cv2.absdiff, 'add': cv2.add, 'subtract': cv2.subtract}


def with_alpha(picture):
    """Red, green, blue and alpha of a picture."""
    planes = [picture] if picture.ndim == 2 else cv2.split(picture)
    colours = planes[:3] if len(planes) > 2 else planes[:1] * 3
    return np.dstack([*colours, planes[-1] if len(planes) % 2 == 0 else np.full_like(planes[0], 255)])


def start(anchor, first, last, inner, outer, margin):
    return margin if first in anchor else outer - inner - margin if last in anchor else (outer - inner) // 2


def sheet(picture, other, params):
    """A transparent sheet of the picture's size with the other picture on it, once or repeated."""
    (height, width), (h, w) = picture.shape[:2], other.shape[:2]
    margin, gap = params.get('margin', 0), params.get('gap', 0)
    x = start(params['position'], 'left', 'right', w, width, margin)
    y = start(params['position'], 'top', 'bottom', h, height, margin)
    cell = np.zeros((h + gap, w + gap, 4), np.uint8)
    cell[:h, :w] = with_alpha(other)
    if params.get('repeat'):
        tiled = np.tile(cell, (height // (h + gap) + 2, width // (w + gap) + 2, 1))
        return tiled[-y % (h + gap):, -x % (w + gap):][:height, :width]
    # A frame so wide that the other picture lies in it wherever it is put.
    frame = np.zeros((height + 2 * h + 2 * margin, width + 2 * w + 2 * margin, 4), np.uint8)
    top, left = h + margin, w + margin
    frame[top + y:top + y + h, left + x:left + x + w] = with_alpha(other)
    return frame[top:top + height, left:left + width]


def over(picture, layer, mode, opacity):
    """W3C, Compositing and Blending, Level 1: source-over with a mixing function, in whole numbers, rounded once."""
    below = with_alpha(picture)
    mixed = MIXED[mode](np.ascontiguousarray(below[:, :, :3]), np.ascontiguousarray(layer[:, :, :3])).astype(int)
    level = int(np.floor(opacity * 255 + 0.5))
    top = np.rint(layer[:, :, 3:].astype(int) * level / 255).astype(int)
    bottom, cb, cs = below[:, :, 3:].astype(int), below[:, :, :3].astype(int), layer[:, :, :3].astype(int)
    alpha = 255 * (top + bottom) - top * bottom
    total = top * (255 - bottom) * cs + bottom * (255 - top) * cb + top * bottom * mixed
    colours = np.where(top == 0, cb, (2 * total + alpha) // np.maximum(1, 2 * alpha))
    result = np.dstack([colours, np.where(top == 0, bottom, (2 * alpha + 255) // 510)]).astype(np.uint8)
    return result if picture.ndim == 3 and picture.shape[2] % 2 == 0 else result[:, :, :3]


def masked(picture, layer, params):
    gray = product(cv2.cvtColor(np.ascontiguousarray(layer[:, :, :3]), cv2.COLOR_RGB2GRAY), layer[:, :, 3])
    kept = gray if params['source'] == 'luma' else np.ascontiguousarray(layer[:, :, 3])
    kept = cv2.bitwise_not(kept) if params['invert'] else kept
    planes = [picture] if picture.ndim == 2 else list(cv2.split(picture))
    opaque = len(planes) % 2 == 1
    if params['rest'] == 'transparent':
        alpha = np.full_like(kept, 255) if opaque else planes.pop()
        return np.dstack([*planes, product(alpha, kept)])
    colours = planes if opaque else planes[:-1]
    planes = [product(plane, kept) for plane in colours] + planes[len(colours):]
    return planes[0] if len(planes) == 1 else np.dstack(planes)


def fitted(other, picture, params):
    """The other picture at the size that it is asked for, by Pillow."""
    (height, width), (h, w) = picture.shape[:2], other.shape[:2]
    fit, percent = params.get('fit', 'none'), params.get('width', 0)
    if percent:
        width, fit = max(1, int(np.floor(width * percent / 100 + 0.5))), 'contain'
    if fit == 'none':
        return other
    if fit != 'stretch':
        scale = (max if fit == 'cover' else min)(width / w, height / h)
        width, height = ((width, max(1, int(np.floor(h * scale + 0.5)))) if scale == width / w else
                         (max(1, int(np.floor(w * scale + 0.5))), height))
    return geometry.resized(other, {'width': width, 'height': height, 'kernel': 'lanczos'})


def combined(op, params, picture):
    if op == 'watermark-text':
        # The picture of a text tells how opaque a sheet of one colour is.
        cover = PICTURES[params['text']]
        shades = [np.full_like(cover, int(params['colour'][at:at + 2], 16)) for at in (1, 3, 5)]
        return over(picture, np.ascontiguousarray(sheet(picture, np.dstack([*shades, cover]), params)), 'normal', params['opacity'])
    layer = np.ascontiguousarray(sheet(picture, fitted(PICTURES[params['image']], picture, params), params))
    return masked(picture, layer, params) if op == 'mask' else over(picture, layer, params.get('mode', 'normal'), params['opacity'])


# Of all inputs, by name: some are combined with others.
PICTURES = {}


def expected(op, params, picture):
    """The same for pictures with alpha, which is kept: OpenCV itself would take it for a colour."""
    if op in ('blend', 'mask', 'watermark', 'watermark-text'):
        return combined(op, params, picture)
    channels = 1 if picture.ndim == 2 else picture.shape[2]
    if op in geometry.OPERATIONS:
        return geometry.moved(op, params, picture)
    if channels in (1, 3):
        return compute(op, params, np.ascontiguousarray(picture))
    colours = np.ascontiguousarray(picture[:, :, 0] if channels == 2 else picture[:, :, :3])
    return np.dstack([compute(op, params, colours), picture[:, :, -1]])


def facts(picture):
    height, width = picture.shape[:2]
    return {'width': width, 'height': height, 'channels': 1 if picture.ndim == 2 else picture.shape[2]}


def write(path, picture):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(zlib.compress(np.ascontiguousarray(picture).tobytes(), 9))


def read(path, entry):
    shape = (entry['height'], entry['width']) + ((entry['channels'],) if entry['channels'] > 1 else ())
    return np.frombuffer(zlib.decompress(path.read_bytes()), np.uint8).reshape(shape)


def statistics(channel):
    """What numpy tells of the levels of a channel; percentiles are levels that occur."""
    at = lambda percent: int(np.percentile(channel, percent, method='inverted_cdf'))
    return {'histogram': np.bincount(channel.ravel(), minlength=256).tolist(), 'min': int(channel.min()),
            'max': int(channel.max()), 'mean': float(channel.mean()), 'deviation': float(channel.std()), 'median': at(50),
            'percentiles': [{'percent': percent, 'level': at(percent)} for percent in (1, 5, 25, 75, 95, 99)]}


def reports(pictures):
    """What is to be found out of some pictures besides pixels: for each an operation, an input, and the report."""
    for name in ('chelsea-rgba', 'noise-gray-alpha', 'checkerboard-8', 'tiny-1x1'):
        picture = pictures[name]
        height, width = picture.shape[:2]
        channels = [picture] if picture.ndim == 2 else list(np.moveaxis(picture, 2, 0))
        alpha = {'alpha': {'channel': 'alpha', **statistics(channels.pop())}} if len(channels) in (2, 4) else {}
        names = ['red', 'green', 'blue'] if len(channels) == 3 else ['gray']
        told = [{'channel': name, **statistics(channel)} for name, channel in zip(names, channels)]
        yield 'statistics', {}, name, {'op': 'statistics', 'width': width, 'height': height, 'pixels': width * height,
                                       'channels': told, **alpha}


def main():
    index = ROOT / 'cases.json'
    if len(sys.argv) > 1:
        pictures = dict(inputs(pathlib.Path(sys.argv[1])))
    else:
        known = json.loads(index.read_text())['inputs']
        pictures = {name: read(ROOT / 'inputs' / f'{name}.raw.z', entry) for name, entry in known.items()}
    PICTURES.update(pictures)
    for name, picture in pictures.items():
        write(ROOT / 'inputs' / f'{name}.raw.z', picture)
    small = [name for name, picture in pictures.items() if picture.shape[0] * picture.shape[1] <= 1 << 20]
    kinds = [(steps(), small, None), (tone_steps(), FOR_TONES, None), (filter_steps(), FOR_FILTERS, None),
             (combine_steps(), FOR_COMBINING, None), (geometry.exact_steps(), geometry.INPUTS, None), (geometry.warp_steps(), geometry.OPAQUE, None),
             (geometry.warp_steps(), geometry.SEVERAL_ALPHAS, {'tolerance': 1}),
             (geometry.float_steps(), ['noise-rgb', 'tiny-7x101'], {'tolerance': 1}),
             (geometry.perspective_steps(), ['noise-rgb', 'noise-rgba'], {'tolerance': 1, 'differing': 0.005}),
             (float_steps(), KEPT, {'tolerance': 1}),
             (float_filter_steps(), KEPT, {'tolerance': 1}),
             # Centres are rounded to sixteenths, so that pixels between two of them may go to the other.
             (cluster_steps(), CLUSTERED, {'tolerance': 1, 'differing': 0.02})]
    cases = []
    for kind, names, slack in kinds:
        for op, params in kind:
            far = op == 'canny' and params['high'] == 200 and params['aperture'] == 3
            # Here a mean that is rounded otherwise makes white of black.
            leeway = {'differing': 0.02} if slack and op == 'adaptive-threshold' else slack
            cases.append(make_case(op, params, leeway, {name: pictures[name] for name in (pictures if far else names)},
                                   sum(case['op'] == op for case in cases)))
    lines = ',\n    '.join(json.dumps(case) for case in cases)
    known = ',\n    '.join(f'{json.dumps(name)}: {json.dumps(facts(picture))}' for name, picture in pictures.items())
    opencv = json.dumps(cv2.__version__)
    index.write_text(f'{{\n  "opencv": {opencv},\n  "inputs": {{\n    {known}\n  }},\n  "cases": [\n    {lines}\n  ]\n}}\n')
    told = [json.dumps({'op': op, 'params': params, 'input': name, 'report': report}) for op, params, name, report in
            reports(pictures)]
    (ROOT / 'reports.json').write_text('[\n  ' + ',\n  '.join(told) + '\n]\n')
    print(f'{len(pictures)} inputs, {len(cases)} steps, {sum(len(case["results"]) for case in cases)} results')


def make_case(op, params, leeway, pictures, number):
    """A step with the digest of its result for each input; pixels are kept where they may differ, and to look at."""
    case = {'op': op, 'params': params, **(leeway or {}), 'number': number, 'results': {}, 'kept': []}
    for name, picture in pictures.items():
        result = expected(op, params, picture)
        case['results'][name] = digest(result)
        if op == 'connected-components':
            case.setdefault('reports', {})[name] = object_digest(picture, params)
        if leeway or (name == (geometry.LOOKED_AT if op in geometry.OPERATIONS else LOOKED_AT) and number == 0):
            case['kept'].append(name)
            write(ROOT / 'expected' / f'{name}.{op}.{number}.raw.z', result)
    return case


def digest(picture):
    """128 bits of the SHA-256 of "width height channels" and the pixels."""
    entry = facts(picture)
    size = f"{entry['width']} {entry['height']} {entry['channels']}\n".encode()
    return hashlib.sha256(size + np.ascontiguousarray(picture).tobytes()).hexdigest()[:32]


def object_digest(picture, params):
    """128 bits of the SHA-256 of the areas, boxes and centres of all objects in order, as 64-bit numbers."""
    colours = picture if picture.ndim == 2 else picture[:, :, 0] if picture.shape[2] == 2 else np.ascontiguousarray(picture[:, :, :3])
    gray = colours if colours.ndim == 2 else cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
    _, stats, centroids = components(np.ascontiguousarray(gray), params)
    figures = np.hstack([stats[:, [4, 0, 1, 2, 3]], centroids]).astype('<f8')
    return hashlib.sha256(figures.tobytes()).hexdigest()[:32]


if __name__ == '__main__':
    main()
