#!/usr/bin/python3
"""Makes fixtures/operations/deep.json: small pictures of 16 bits and what OpenCV, SciPy, Pillow and numpy make of them.

    /usr/bin/python3 scripts/make-deep-goldens.py

Needs Debian's python3-opencv (4.6), python3-scipy and python3-pil. Pixels are deflated and written in base64, little-endian,
row-major and interleaved; of results that have to be equal half of the SHA-256 of size and pixels is enough.
"""

import base64
import hashlib
import importlib.util
import json
import pathlib
import zlib

import cv2
import numpy as np
from PIL import Image
from scipy import ndimage

HERE = pathlib.Path(__file__).resolve().parent
SPEC = importlib.util.spec_from_file_location('goldens', HERE / 'make-operation-goldens.py')
shallow = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(shallow)
geometry = shallow.geometry

MOST, PER_LEVEL = 65535, 257
GROUND = {'colour': '#30c8a0', 'opacity': 60}


def inputs():
    rng = np.random.default_rng(16)
    noise = lambda *shape: rng.integers(0, MOST + 1, shape, np.uint16)
    y, x = np.mgrid[0:18, 0:24]
    waves = np.stack([np.sin(x / 3 + y / 5), np.cos(y / 4), np.sin((x + y) / 6)], -1)
    smooth = np.rint(32767 + 20000 * waves).astype(np.uint16) + noise(18, 24, 3) // 64
    yield 'rgb', smooth
    yield 'gray', np.ascontiguousarray(smooth[:, :, 0])
    yield 'noise', noise(17, 23, 3)
    yield 'dark', (noise(18, 24) >> 6) + np.uint16(300)
    yield 'rgba', np.dstack([smooth, noise(18, 24)])


def steps():
    """Operation, parameters, tolerance, inputs."""
    both = ('rgb', 'gray')
    yield from (('invert', {}, 0, ('rgba', 'gray')), ('swap-red-blue', {}, 0, ('rgba',)), ('sharpen', {}, 0, both), ('grayscale', {}, 0, ('noise',)))
    yield 'grayscale', {'red': 0.2126, 'green': 0.7152, 'blue': 0.0722}, 3, ('noise',)
    for kind in shallow.THRESHOLDS:
        yield 'threshold', {'value': 127.3, 'type': kind}, 0, both
    yield 'brightness-contrast', {'brightness': -10, 'contrast': 35.5}, 1, both
    yield 'gamma', {'gamma': 2.2}, 1, ('rgb', 'dark')
    yield 'levels', {'black': 30, 'white': 190, 'gamma': 1.3, 'darkest': 10, 'brightest': 240, 'channel': 'green'}, 1, ('rgb',)
    yield 'curves', {'points': '0 0 / 64 44 / 192 212 / 255 255', 'channel': 'all'}, 1, both
    yield 'posterize', {'levels': 7}, 1, both
    yield 'solarize', {'threshold': 128}, 0, both
    yield 'white-balance', {'red': 1.2, 'green': 1, 'blue': 0.75}, 0, ('rgb',)
    yield 'hue-saturation-lightness', {'hue': 77, 'saturation': 30, 'lightness': -20}, 4, ('rgb', 'noise')
    yield 'sepia', {'amount': 55}, 1, ('rgb',)
    yield 'tint', {'colour': '#4f8fd0', 'amount': 60}, 1, ('rgb',)
    yield 'channel-mixer', {'redFromRed': 33.3, 'redFromGreen': 66.6, 'greenFromRed': 60, 'greenFromGreen': 40, 'greenConstant': 5,
                            'blueFromBlue': 200, 'blueConstant': -20}, 1, ('rgb',)
    for by in ('luma', 'channel'):
        yield 'equalize-histogram', {'by': by}, 0, ('noise', 'dark')
        yield 'auto-levels', {'low': 2.5, 'high': 10, 'by': by}, 0, ('noise', 'dark')
    yield 'normalize', {'darkest': 30, 'brightest': 190}, 1, ('rgb', 'dark')
    yield 'gray-world', {}, 0, ('rgb',)
    for limit, across, down in [(2, 3, 2), (0, 4, 3), (40, 2, 2)]:
        yield 'clahe', {'limit': limit, 'across': across, 'down': down}, 0, ('noise', 'gray')
    yield 'otsu', {'type': 'binary'}, 0, ('rgb', 'dark')
    yield 'statistics', {}, 0, ('rgba',)
    for ksize, sigma in [(3, 0), (21, 3.5), (9, 0)]:
        yield 'gaussian-blur', {'ksize': ksize, 'sigma': sigma}, 0, both
    yield 'box-blur', {'ksize': 9}, 0, ('noise', 'gray')
    yield 'motion-blur', {'length': 10, 'angle': 45}, 1, ('noise',)
    for ksize in (3, 5, 7):
        yield 'median', {'ksize': ksize}, 0, ('noise', 'dark')
    yield 'rank-filter', {'ksize': 5, 'percentile': 20}, 0, ('noise', 'gray')
    yield 'unsharp-mask', {'sigma': 1.5, 'amount': 150, 'threshold': 3}, 0, both
    yield 'high-pass', {'sigma': 3}, 0, both
    yield 'emboss', {'light': 135, 'strength': 2}, 0, both
    yield 'filter2d', {'kernel': '1 2 1 / 2 4 2 / 1 2 1', 'divisor': 0, 'offset': 12.5}, 0, both
    yield 'sobel', {'direction': 'both', 'aperture': 5, 'scale': 0.1}, 1, both
    yield 'scharr', {'direction': 'across', 'scale': 0.25}, 0, both
    yield 'prewitt', {'direction': 'upright', 'scale': 1.7}, 1, both
    yield 'laplacian', {'aperture': 3, 'scale': 0.5}, 0, both
    for method in ('mean', 'gaussian'):
        yield 'adaptive-threshold', {'method': method, 'block': 7, 'constant': 2.5, 'type': 'binary'}, 0, ('rgb', 'dark')
    for op in ('dilate', 'erode'):
        for shape in ('rectangle', 'ellipse'):
            yield op, {'ksize': 6, 'shape': shape, 'iterations': 2}, 0, ('noise', 'gray')
    yield 'morphology', {'kind': 'top-hat', 'ksize': 5, 'shape': 'cross', 'iterations': 1}, 0, ('noise', 'gray')
    yield 'pixelate', {'size': 7}, 0, both
    yield 'vignette', {'amount': 60, 'radius': 35}, 1, both
    yield 'flood-fill', {'points': '50 50', 'like': 'point', 'tolerance': 24, 'connectivity': 8, 'colour': '#ff2d55'}, 0, both
    yield 'flood-fill', {'points': '10 90', 'like': 'neighbour', 'tolerance': 9, 'connectivity': 4, 'colour': '#ff2d55'}, 0, both
    yield 'connected-components', {'level': 140, 'objects': 'bright', 'connectivity': 8, 'least': 2}, 0, both
    yield 'crop', {'x': 3, 'y': 4, 'width': 11, 'height': 1000}, 0, ('rgba',)
    yield from (('flip', {}, 0, ('rgba',)), ('flop', {}, 0, ('rgba',)), ('rotate', {'angle': 90}, 0, ('rgba',)))
    for border in ('constant', 'reflect'):
        yield 'pad', {'left': 3, 'right': 0, 'top': 11, 'bottom': 5, 'border': border, **GROUND}, 0, ('rgba', 'gray')
    for interpolation, tolerance in (('linear', 1), ('nearest', 0)):
        yield 'rotate', {'angle': 20, 'canvas': 'grown', 'interpolation': interpolation, **GROUND}, tolerance, both
    yield 'affine', {'xx': 0.7, 'xy': -0.4, 'x': 12.25, 'yx': 0.3, 'yy': 1.4, 'y': -7.5, 'interpolation': 'linear', **GROUND}, 1, ('rgba', 'gray')
    yield 'perspective', {'topLeftX': 10, 'topLeftY': 0, 'topRightX': 90, 'topRightY': 0, 'bottomRightX': 100, 'bottomRightY': 100,
                          'bottomLeftX': 0, 'bottomLeftY': 100, 'interpolation': 'linear', **GROUND}, 1, ('gray',)
    for kernel in ('lanczos', 'area', 'cubic'):
        yield 'resize', {'width': 11, 'height': 31, 'fit': 'fill', 'kernel': kernel}, 1, ('rgb', 'noise')
    for mode in shallow.MIXED:
        yield 'blend', {'image': 'rgba', 'mode': mode, 'opacity': 0.6, 'position': 'bottom'}, 0, ('noise',)
    yield 'mask', {'image': 'gray', 'source': 'luma', 'rest': 'transparent', 'invert': True, 'position': 'centre'}, 0, ('rgba', 'noise')
    yield 'watermark', {'image': 'noise', 'opacity': 0.7, 'position': 'right', 'margin': 2, 'repeat': True, 'gap': 4}, 0, ('rgba',)
    yield 'watermark-text', {'text': 'dark', 'size': 5, 'colour': '#FF8000', 'opacity': 0.6, 'angle': 0, 'position': 'right', 'margin': 3,
                             'repeat': False, 'gap': 2}, 0, ('rgb',)


def cut_off(values):
    return np.clip(np.floor(values + 0.5), 0, MOST).astype(np.uint16)


def mapped(picture, curve, channel='all'):
    """A curve for levels of 8 bits, between which those of 16 bits lie."""
    levels = cut_off(PER_LEVEL * curve(picture / PER_LEVEL))
    if channel == 'all':
        return levels
    chosen = [name == channel for name in ('red', 'green', 'blue')]
    return np.where(chosen, levels, picture)


def mixed(picture, rows, amount=1.0):
    own = np.hstack([np.eye(3), np.zeros((3, 1))])
    matrix = amount * np.array(rows, np.float64) + (1 - amount) * own
    return cut_off(picture @ matrix[:, :3].T + PER_LEVEL * matrix[:, 3])


def hue_saturation_lightness(picture, params):
    hls = cv2.cvtColor(picture.astype(np.float32) / np.float32(MOST), cv2.COLOR_RGB2HLS)
    share = params['lightness'] / 100
    hls[:, :, 0] = (hls[:, :, 0] + params['hue']) % 360
    hls[:, :, 1] = hls[:, :, 1] * (1 - abs(share)) + max(0, share)
    hls[:, :, 2] = np.minimum(1, hls[:, :, 2] * (1 + params['saturation'] / 100))
    return cut_off(cv2.cvtColor(hls, cv2.COLOR_HLS2RGB).astype(float) * MOST)


def equalized(levels):
    counts = np.bincount(levels.ravel(), minlength=MOST + 1)
    sums = np.cumsum(counts)
    darkest = levels.min()
    rest = int(sums[-1] - counts[darkest])
    return ((2 * MOST * (sums - counts[darkest]) + rest) // (2 * rest)).astype(np.uint16)[levels]


def stretched(picture, params, gray):
    def stretch(levels, counted):
        ranks = np.sort(counted, axis=None)
        at = lambda share: int(ranks[max(1, int(np.ceil(ranks.size * share))) - 1])
        black, white = at(params['low'] / 100), at(1 - params['high'] / 100)
        return levels if white <= black else cut_off((levels.astype(float) - black) * MOST / (white - black))
    return stretch(picture, gray()) if params['by'] == 'luma' else shallow.each_channel(picture, lambda one: stretch(one, one))


def gray_world(picture):
    sums = [int(channel.sum(dtype=np.int64)) for channel in cv2.split(picture)]
    gained = lambda channel, own: np.minimum(MOST, (2 * channel.astype(int) * sum(sums) + 3 * own) // (6 * own)).astype(np.uint16)
    return np.dstack([gained(channel, own) for channel, own in zip(cv2.split(picture), sums)])


def gradient(picture, op, params):
    derive = {
        'sobel': lambda dx, dy: cv2.Sobel(picture, cv2.CV_64F, dx, dy, ksize=params['aperture']),
        'scharr': lambda dx, dy: cv2.Scharr(picture, cv2.CV_64F, dx, dy),
        'prewitt': lambda dx, dy: cv2.filter2D(picture, cv2.CV_64F, np.outer([1, 1, 1], [-1, 0, 1]) if dx else
                                               np.outer([-1, 0, 1], [1, 1, 1])),
    }[op]
    if params['direction'] == 'both':
        return cut_off(params['scale'] * np.hypot(derive(1, 0), derive(0, 1)))
    return cut_off(params['scale'] * np.abs(derive(*((1, 0) if params['direction'] == 'across' else (0, 1)))))


def blurred(picture, sigma):
    side = 2 * int(np.ceil(3 * sigma)) + 1
    return cv2.GaussianBlur(picture, (side, side), sigma).astype(int)


def adaptive(gray, params):
    sides = (params['block'], params['block'])
    mean = cv2.blur(gray, sides, borderType=cv2.BORDER_REPLICATE) if params['method'] == 'mean' else \
        cv2.GaussianBlur(gray, sides, 0, borderType=cv2.BORDER_REPLICATE)
    return ((gray.astype(int) - mean > -np.ceil(PER_LEVEL * params['constant'])) * MOST).astype(np.uint16)


def vignetted(picture, params):
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    y, x = y - (height - 1) / 2, x - (width - 1) / 2
    begins = params['radius'] / 100
    s = np.clip((np.hypot(x, y) / np.hypot((width - 1) / 2, (height - 1) / 2) - begins) / (1 - begins), 0, 1)
    light = 1 - params['amount'] / 100 * s * s * (3 - 2 * s)
    return cut_off(picture * (light if picture.ndim == 2 else light[:, :, None]))


def flooded(picture, params):
    """OpenCV fills pictures of 8 bits and of floating point numbers: these hold all levels of 16."""
    height, width = picture.shape[:2]
    filled = shallow.colourful(picture).copy()
    fixed = cv2.FLOODFILL_FIXED_RANGE if params['like'] == 'point' else 0
    x, y = [int(float(percent) * length / 100) for percent, length in zip(params['points'].split(), (width, height))]
    mask = np.zeros((height + 2, width + 2), np.uint8)
    most = (params['tolerance'] * PER_LEVEL,) * 3
    cv2.floodFill(picture.astype(np.float32), mask, (x, y), 0, most, most, params['connectivity'] | cv2.FLOODFILL_MASK_ONLY | fixed | 1 << 8)
    filled[mask[1:-1, 1:-1] > 0] = [PER_LEVEL * int(params['colour'][at:at + 2], 16) for at in (1, 3, 5)]
    return filled


def resized(picture, params):
    """Pillow's kernels on floating point numbers, rounded behind the rows and behind the columns."""
    kernel = {'area': Image.BOX, 'cubic': Image.BICUBIC, 'lanczos': Image.LANCZOS}[params['kernel']]
    def one(channel):
        for size in ((params['width'], channel.shape[0]), (params['width'], params['height'])):
            channel = cut_off(np.asarray(Image.fromarray(channel.astype(np.float32), 'F').resize(size, kernel)).astype(float))
        return channel
    return shallow.each_channel(picture, one)


def product(a, b):
    return (2 * a.astype(int) * b + MOST) // (2 * MOST)


def overlay(b, s):
    return np.where(2 * b <= MOST, product(2 * b, s), MOST - product(2 * (MOST - b), MOST - s))


MODES = {'normal': lambda b, s: s, 'multiply': product, 'screen': lambda b, s: MOST - product(MOST - b, MOST - s), 'overlay': overlay,
         'darken': np.minimum, 'lighten': np.maximum, 'difference': lambda b, s: abs(b - s), 'add': lambda b, s: np.minimum(MOST, b + s),
         'subtract': lambda b, s: np.maximum(0, b - s)}


def with_alpha(picture):
    planes = [picture] if picture.ndim == 2 else list(np.moveaxis(picture, 2, 0))
    colours = planes[:3] if len(planes) > 2 else planes[:1] * 3
    return np.dstack([*colours, planes[-1] if len(planes) % 2 == 0 else np.full_like(planes[0], MOST)])


def sheet(picture, other, params):
    """A transparent sheet of the picture's size with the other picture on it, pixel by pixel."""
    (height, width), (h, w) = picture.shape[:2], other.shape[:2]
    margin, gap = params.get('margin', 0), params.get('gap', 0)
    left = shallow.start(params['position'], 'left', 'right', w, width, margin)
    top = shallow.start(params['position'], 'top', 'bottom', h, height, margin)
    source, layer = with_alpha(other), np.zeros((height, width, 4), np.uint16)
    for y in range(height):
        for x in range(width):
            dy, dx = (y - top) % (h + gap), (x - left) % (w + gap)
            if (params.get('repeat') or (0 <= y - top < h and 0 <= x - left < w)) and dy < h and dx < w:
                layer[y, x] = source[dy, dx]
    return layer


def over(picture, layer, mode, opacity):
    below, layer = with_alpha(picture).astype(int), layer.astype(int)
    mix = MODES[mode](below[:, :, :3], layer[:, :, :3])
    top = product(layer[:, :, 3:], int(np.floor(opacity * MOST + 0.5)))
    bottom, cb, cs = below[:, :, 3:], below[:, :, :3], layer[:, :, :3]
    alpha = MOST * (top + bottom) - top * bottom
    total = top * (MOST - bottom) * cs + bottom * (MOST - top) * cb + top * bottom * mix
    colours = np.where(top == 0, cb, (2 * total + alpha) // np.maximum(1, 2 * alpha))
    result = np.dstack([colours, np.where(top == 0, bottom, (2 * alpha + MOST) // (2 * MOST))]).astype(np.uint16)
    return result if picture.ndim == 3 and picture.shape[2] == 4 else result[:, :, :3]


def masked(picture, layer, params):
    gray = product(cv2.cvtColor(np.ascontiguousarray(layer[:, :, :3]), cv2.COLOR_RGB2GRAY), layer[:, :, 3])
    kept = MOST - gray if params['invert'] else gray
    alpha = picture[:, :, 3] if picture.shape[2] == 4 else np.full(picture.shape[:2], MOST)
    return np.dstack([picture[:, :, :3], product(alpha, kept)]).astype(np.uint16)


def combined(op, params, picture):
    if op == 'watermark-text':
        cover = PICTURES[params['text']]
        shades = [np.full_like(cover, PER_LEVEL * int(params['colour'][at:at + 2], 16)) for at in (1, 3, 5)]
        return over(picture, sheet(picture, np.dstack([*shades, cover]), params), 'normal', params['opacity'])
    layer = sheet(picture, PICTURES[params['image']], params)
    return masked(picture, layer, params) if op == 'mask' else over(picture, layer, params.get('mode', 'normal'), params['opacity'])


def moved(op, params, picture):
    channels = 1 if picture.ndim == 2 else picture.shape[2]
    ground = [PER_LEVEL * level for level in geometry.background(params, channels)]
    match op:
        case 'crop':
            return picture[params['y']:params['y'] + params['height'], params['x']:params['x'] + params['width']]
        case 'flip':
            return picture[::-1]
        case 'flop':
            return picture[:, ::-1]
        case 'pad':
            border = {'constant': cv2.BORDER_CONSTANT, 'reflect': cv2.BORDER_REFLECT_101}[params['border']]
            return cv2.copyMakeBorder(picture, params['top'], params['bottom'], params['left'], params['right'], border, value=ground)
        case 'resize':
            return resized(picture, params)
        case 'rotate' if params['angle'] == 90:
            return np.rot90(picture, -1)
    if channels == 4:
        opaque = lambda one: one / MOST
        colours = np.dstack([picture[:, :, :3] * opaque(picture[:, :, 3:].astype(float)), picture[:, :, 3:]])
        behind = [level * opaque(ground[3]) for level in ground[:3]] + [ground[3]]
        result = geometry.warped(op, params, colours, behind)
        alpha = result[:, :, 3:]
        return cut_off(np.dstack([np.where(alpha > 0, result[:, :, :3] / np.maximum(alpha, 1e-9) * MOST, 0), alpha]))
    return geometry.warped(op, params, picture, ground)


def compute(op, params, picture):
    """What becomes of a picture of 1 or 3 channels."""
    gray = lambda: cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture
    match op:
        case 'grayscale' if params:
            return cut_off(picture @ np.array([params['red'], params['green'], params['blue']]))
        case 'grayscale':
            return gray()
        case 'invert' | 'swap-red-blue' | 'median' if params.get('ksize') != 7:
            return shallow.compute(op, params, picture)
        case 'box-blur' | 'gaussian-blur' | 'sharpen' | 'emboss' | 'dilate' | 'erode' | 'morphology' | 'pixelate' | 'statistics' | 'clahe':
            return shallow.compute(op, params, picture)
        case 'median':
            return shallow.ranked(picture, {'ksize': 7, 'percentile': 50})
        case 'rank-filter':
            return shallow.ranked(picture, params)
        case 'threshold':
            return cv2.threshold(gray(), params['value'] * PER_LEVEL, MOST, shallow.THRESHOLDS[params['type']])[1]
        case 'otsu':
            return cv2.threshold(gray(), 0, MOST, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1]
        case 'brightness-contrast':
            slope = np.tan(np.pi / 4 * (1 + params['contrast'] / 100))
            return mapped(picture, lambda v: (v - 127.5) * slope + 127.5 + 2.55 * params['brightness'])
        case 'gamma':
            return mapped(picture, lambda v: 255 * (v / 255) ** (1 / params['gamma']))
        case 'levels':
            return mapped(picture, shallow.levels(params), params['channel'])
        case 'curves':
            return mapped(picture, shallow.curve(params['points']))
        case 'posterize':
            return mapped(picture, lambda v: 255 * np.floor(v * params['levels'] / 256) / (params['levels'] - 1))
        case 'solarize':
            return np.where(picture >= PER_LEVEL * params['threshold'], MOST - picture, picture)
        case 'white-balance':
            return cut_off(picture * np.array([params[name] for name in ('red', 'green', 'blue')]))
        case 'hue-saturation-lightness':
            return hue_saturation_lightness(picture, params)
        case 'sepia':
            return mixed(picture, [[.393, .769, .189, 0], [.349, .686, .168, 0], [.272, .534, .131, 0]], params['amount'] / 100)
        case 'tint':
            shades = [int(params['colour'][at:at + 2], 16) / 255 for at in (1, 3, 5)]
            return mixed(picture, [[.299 * s, .587 * s, .114 * s, 0] for s in shades], params['amount'] / 100)
        case 'channel-mixer':
            own = lambda name, part: 100 if part == 'From' + name.capitalize() else 0
            parts = ('FromRed', 'FromGreen', 'FromBlue', 'Constant')
            return mixed(picture, [[params.get(name + part, own(name, part)) * (2.55 if part == 'Constant' else .01) for part in parts]
                                   for name in ('red', 'green', 'blue')])
        case 'equalize-histogram' if picture.ndim == 2 or params['by'] == 'channel':
            return shallow.each_channel(picture, equalized)
        case 'equalize-histogram':
            return shallow.with_luma(picture, equalized)
        case 'auto-levels':
            return stretched(picture, params, gray)
        case 'normalize':
            return cv2.normalize(picture, None, params['darkest'] * PER_LEVEL, params['brightest'] * PER_LEVEL, cv2.NORM_MINMAX)
        case 'gray-world':
            return gray_world(picture)
        case 'motion-blur':
            return cut_off(cv2.filter2D(picture, cv2.CV_64F, shallow.line(params['length'], params['angle'])))
        case 'unsharp-mask':
            difference = picture.astype(int) - blurred(picture, params['sigma'])
            added = (int(np.floor(2.56 * params['amount'] + 0.5)) * difference + 128) >> 8
            changed = np.abs(difference) > PER_LEVEL * params['threshold']
            return np.clip(picture + np.where(changed, added, 0), 0, MOST).astype(np.uint16)
        case 'high-pass':
            return np.clip(128 * PER_LEVEL + picture.astype(int) - blurred(picture, params['sigma']), 0, MOST).astype(np.uint16)
        case 'filter2d':
            kernel = np.array([[float(word) for word in row.split()] for row in params['kernel'].split('/')])
            return cut_off(cv2.filter2D(picture, cv2.CV_64F, kernel) / kernel.sum() + PER_LEVEL * params['offset'])
        case 'sobel' | 'scharr' | 'prewitt':
            return gradient(picture, op, params)
        case 'laplacian':
            return cut_off(params['scale'] * np.abs(cv2.Laplacian(picture, cv2.CV_64F, ksize=params['aperture'])))
        case 'adaptive-threshold':
            return adaptive(gray(), params)
        case 'vignette':
            return vignetted(picture, params)
        case 'flood-fill':
            return flooded(picture, params)
        case 'connected-components':
            labels = shallow.components(gray(), {**params, 'level': PER_LEVEL * params['level']})[0]
            return PER_LEVEL * shallow.label_colours(labels).astype(np.uint16)


def expected(op, params, picture):
    """The same for pictures with alpha, which is kept."""
    if op in ('blend', 'mask', 'watermark', 'watermark-text'):
        return combined(op, params, picture)
    if op in geometry.OPERATIONS:
        return moved(op, params, picture)
    if picture.ndim == 2 or picture.shape[2] == 3:
        return compute(op, params, picture)
    return np.dstack([compute(op, params, np.ascontiguousarray(picture[:, :, :3])), picture[:, :, 3]])


def packed(picture):
    pixels = np.ascontiguousarray(picture).astype('<u2').tobytes()
    return {**shallow.facts(picture), 'pixels': base64.b64encode(zlib.compress(pixels, 9)).decode()}


PICTURES = dict(inputs())


def main():
    cases = []
    for op, params, tolerance, names in steps():
        for name in names:
            result = expected(op, params, PICTURES[name])
            assert result.dtype == np.uint16, (op, result.dtype)
            kept = packed(result) if tolerance else {'digest': shallow.digest(result)}
            cases.append({'op': op, 'params': params, 'input': name, **({'tolerance': tolerance} if tolerance else {}), **kept})
    lines = ',\n    '.join(json.dumps(case) for case in cases)
    known = ',\n    '.join(f'{json.dumps(name)}: {json.dumps(packed(picture))}' for name, picture in PICTURES.items())
    path = HERE.parent / 'fixtures' / 'operations' / 'deep.json'
    path.write_text(f'{{\n  "opencv": {json.dumps(cv2.__version__)},\n  "inputs": {{\n    {known}\n  }},\n  "cases": [\n    {lines}\n  ]\n}}\n')
    print(f'{len(PICTURES)} inputs, {len(cases)} results, {path.stat().st_size} bytes')


main()
