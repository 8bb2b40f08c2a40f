"""What OpenCV and Pillow make of pictures by the operations that change their size or move their pixels.

Needs Debian's python3-opencv (4.6) and python3-pil (9.4).
"""

import math

import cv2
import numpy as np
from PIL import Image

OPERATIONS = {'crop', 'trim', 'flip', 'flop', 'pad', 'rotate', 'resize', 'affine', 'perspective'}
# One of the inputs is looked at.
LOOKED_AT = 'tiny-7x101'
INPUTS = ['chelsea-gray', 'chelsea-gray-alpha', 'noise-rgb', 'noise-rgba', 'tiny-7x101', 'tiny-1x1', 'tiny-gray-1x37',
          'tiny-41x1', 'tiny-2x1']
OPAQUE = ['chelsea-gray', 'noise-rgb', 'tiny-7x101', 'tiny-1x1', 'tiny-gray-1x37']
SEVERAL_ALPHAS = ['noise-rgba', 'noise-gray-alpha']
GROUND = {'colour': '#30c8a0', 'opacity': 60}


def exact_steps():
    """Those that mix no pixels, or mix them by whole numbers."""
    for x, y, width, height in [(0, 0, 5, 60), (0, 0, 1000, 1000), (0, 0, 1, 1)]:
        yield 'crop', {'x': x, 'y': y, 'width': width, 'height': height}
    for params in ({'threshold': 90}, {'threshold': 0}, {'threshold': 120, 'background': 'colour', 'colour': '#101010'}):
        yield 'trim', params
    yield from (('flip', {}), ('flop', {}))
    for border in ('constant', 'replicate', 'reflect'):
        yield 'pad', {'left': 3, 'right': 0, 'top': 11, 'bottom': 40, 'border': border, **GROUND}
    for angle in (90, 180, -90, 0):
        yield 'rotate', {'angle': angle, **GROUND}
    for kernel in ('area', 'linear', 'cubic', 'lanczos'):
        for width, height in [(20, 31), (64, 7), (90, 150), (1, 1)]:
            yield 'resize', {'width': width, 'height': height, 'fit': 'fill', 'kernel': kernel}
    yield 'resize', {'width': 37, 'height': 23, 'fit': 'fill', 'kernel': 'nearest'}
    yield 'resize', {'percent': 40, 'fit': 'fill', 'kernel': 'lanczos'}
    yield 'resize', {'width': 30, 'height': 400, 'fit': 'fill', 'kernel': 'cubic', 'enlarge': False}


def float_steps():
    for kernel in OF_NUMPY:
        for width, height in [(20, 31), (90, 150)]:
            yield 'resize', {'width': width, 'height': height, 'fit': 'fill', 'kernel': kernel}


MATRICES = [(1, 0.2, 0, 0, 1, 0), (0.7, -0.4, 12.25, 0.3, 1.4, -7.5), (2.5, 0, 0, 0, 0.31, 4)]


def warp_steps():
    for interpolation in ('linear', 'nearest'):
        for xx, xy, x, yx, yy, y in MATRICES:
            yield 'affine', {'xx': xx, 'xy': xy, 'x': x, 'yx': yx, 'yy': yy, 'y': y, 'interpolation': interpolation, **GROUND}
        for angle, canvas in [(20, 'grown'), (-137.5, 'grown'), (33, 'same'), (90, 'same')]:
            yield 'rotate', {'angle': angle, 'canvas': canvas, 'interpolation': interpolation, **GROUND}


def perspective_steps():
    corners = ('topLeftX', 'topLeftY', 'topRightX', 'topRightY', 'bottomRightX', 'bottomRightY', 'bottomLeftX', 'bottomLeftY')
    for values in [(10, 0, 90, 0, 100, 100, 0, 100), (20, 10, 110, -20, 95, 80, -15, 130)]:
        for interpolation in ('linear', 'nearest'):
            yield 'perspective', {**dict(zip(corners, values)), 'interpolation': interpolation, **GROUND}


def background(params, channels):
    colour = params.get('colour', '#000000')
    rgb = [int(colour[at:at + 2], 16) for at in (1, 3, 5)]
    alpha = round(2.55 * params.get('opacity', 100))
    gray = int(cv2.cvtColor(np.uint8([[rgb]]), cv2.COLOR_RGB2GRAY)[0, 0])
    return ([gray, alpha] if channels < 3 else [*rgb, alpha])[:channels]


def mitchell(x):
    """The piecewise cubic of Mitchell and Netravali with B = C = 1/3."""
    x, b, c = np.abs(x), 1 / 3, 1 / 3
    near = (12 - 9 * b - 6 * c) * x ** 3 + (-18 + 12 * b + 6 * c) * x ** 2 + 6 - 2 * b
    far = (-b - 6 * c) * x ** 3 + (6 * b + 30 * c) * x ** 2 + (-12 * b - 48 * c) * x + 8 * b + 24 * c
    return np.where(x < 1, near, np.where(x < 2, far, 0)) / 6


# What Pillow has no name for; both reach two pixels far.
OF_NUMPY = {'mitchell': mitchell, 'lanczos2': lambda x: np.where(np.abs(x) < 2, np.sinc(x) * np.sinc(x / 2), 0)}


def resampled(picture, size, weigh):
    """As Pillow resamples opaque pictures, in floating point numbers, rounded behind the rows and behind the columns."""
    planes = picture.astype(float)
    for axis, to in ((1, size[0]), (0, size[1])):
        count = planes.shape[axis]
        if to != count:
            shrink = max(1, count / to)
            centres = (np.arange(to) + 0.5) * count / to
            table = weigh((np.arange(count) + 0.5 - centres[:, None]) / shrink)
            planes = np.moveaxis(np.tensordot(table / table.sum(1, keepdims=True), planes, (1, axis)), 0, axis)
            planes = np.clip(np.floor(planes + 0.5), 0, 255)
    return planes.astype(np.uint8)


def resized(picture, params):
    height, width = picture.shape[:2]
    if params.get('percent'):
        size = tuple(max(1, math.floor(side * params['percent'] / 100 + 0.5)) for side in (width, height))
    else:
        size = params['width'], params['height']
        if not params.get('enlarge', True):
            size = min(size[0], width), min(size[1], height)
    if params['kernel'] in OF_NUMPY:
        return resampled(picture, size, OF_NUMPY[params['kernel']])
    kernel = {'nearest': Image.NEAREST, 'area': Image.BOX, 'linear': Image.BILINEAR, 'cubic': Image.BICUBIC,
              'lanczos': Image.LANCZOS}[params['kernel']]
    mode = 'L' if picture.ndim == 2 else {2: 'LA', 3: 'RGB', 4: 'RGBA'}[picture.shape[2]]
    return np.asarray(Image.fromarray(picture, mode).resize(size, kernel))


def turned_back(params, width, height):
    """The size of the turned picture, and the matrix from it to the picture."""
    radians = params['angle'] * math.pi / 180
    cosine, sine = math.cos(radians), math.sin(radians)
    if params['angle'] % 90 == 0:
        cosine, sine = round(cosine), round(sine)
    size = width, height
    if params.get('canvas', 'grown') == 'grown':
        size = (math.ceil(width * abs(cosine) + height * abs(sine) - 1e-6),
                math.ceil(width * abs(sine) + height * abs(cosine) - 1e-6))
    (x, y), (to_x, to_y) = ((width - 1) / 2, (height - 1) / 2), ((size[0] - 1) / 2, (size[1] - 1) / 2)
    return size, np.array([[cosine, sine, x - cosine * to_x - sine * to_y], [-sine, cosine, y + sine * to_x - cosine * to_y]])


def quadrilateral(params, width, height):
    at = lambda name: [params[name + 'X'] / 100 * max(1, width - 1), params[name + 'Y'] / 100 * max(1, height - 1)]
    corners = np.float32([at(name) for name in ('topLeft', 'topRight', 'bottomRight', 'bottomLeft')])
    across, down = max(1, width - 1), max(1, height - 1)
    return cv2.getPerspectiveTransform(corners, np.float32([[0, 0], [across, 0], [across, down], [0, down]]))


def warped(op, params, picture, ground):
    height, width = picture.shape[:2]
    flags = cv2.INTER_NEAREST if params.get('interpolation') == 'nearest' else cv2.INTER_LINEAR
    border = {'borderMode': cv2.BORDER_CONSTANT, 'borderValue': ground}
    match op:
        case 'affine':
            matrix = np.float64([[params['xx'], params['xy'], params['x']], [params['yx'], params['yy'], params['y']]])
            return cv2.warpAffine(picture, matrix, (width, height), flags=flags, **border)
        case 'rotate':
            size, matrix = turned_back(params, width, height)
            return cv2.warpAffine(picture, matrix, size, flags=flags | cv2.WARP_INVERSE_MAP, **border)
        case 'perspective':
            return cv2.warpPerspective(picture, quadrilateral(params, width, height), (width, height), flags=flags, **border)


def warped_by_alpha(op, params, picture, ground):
    """Colours weighed by alpha, in floating point numbers."""
    weigh = lambda pixels: np.dstack([pixels[..., :-1] * pixels[..., -1:], pixels[..., -1:]]).astype(np.float32)
    if params.get('interpolation') == 'nearest':
        return np.dstack([warped(op, params, np.ascontiguousarray(plane), level) for plane, level in zip(cv2.split(picture), ground)])
    made = warped(op, params, weigh(picture.astype(np.float32)), weigh(np.float32([[ground]]))[0, 0].tolist())
    colours = np.where(made[..., -1:] > 0, made[..., :-1] / np.maximum(made[..., -1:], 1e-9), 0)
    return np.clip(np.floor(np.dstack([colours, made[..., -1:]]) + 0.5), 0, 255).astype(np.uint8)


def trimmed(picture, params, channels):
    """All of the picture where nothing differs from the background."""
    pixels = picture.reshape(*picture.shape[:2], channels).astype(int)
    has_alpha = channels in (2, 4)
    if params.get('background') == 'colour':
        colours = pixels[:, :, :-1] if has_alpha else pixels
        ground = np.array(background({'colour': params['colour']}, channels)[:colours.shape[2]])
        differs = (np.abs(colours - ground) > params['threshold']).any(axis=2)
        if has_alpha:
            differs &= pixels[:, :, -1] > params['threshold']
    elif has_alpha and pixels[0, 0, -1] == 0:
        differs = pixels[:, :, -1] > params['threshold']
    else:
        differs = (np.abs(pixels - pixels[0, 0]) > params['threshold']).any(axis=2)
    rows, columns = np.flatnonzero(differs.any(axis=1)), np.flatnonzero(differs.any(axis=0))
    if len(rows) == 0:
        return picture
    return np.ascontiguousarray(picture[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1])


def moved(op, params, picture):
    """What moves pixels moves their alpha with them."""
    picture = np.ascontiguousarray(picture)
    channels = 1 if picture.ndim == 2 else picture.shape[2]
    ground = background(params, channels)
    match op:
        case 'crop':
            return picture[params['y']:params['y'] + params['height'], params['x']:params['x'] + params['width']]
        case 'trim':
            return trimmed(picture, params, channels)
        case 'flip' | 'flop':
            return cv2.flip(picture, 0 if op == 'flip' else 1)
        case 'pad':
            border = {'constant': cv2.BORDER_CONSTANT, 'replicate': cv2.BORDER_REPLICATE, 'reflect': cv2.BORDER_REFLECT_101}
            return cv2.copyMakeBorder(picture, params['top'], params['bottom'], params['left'], params['right'],
                                      border[params['border']], value=ground)
        case 'rotate' if params['angle'] % 90 == 0 and params.get('canvas') != 'same':
            return np.rot90(picture, -params['angle'] // 90)
        case 'resize':
            return resized(picture, params)
    return warped(op, params, picture, ground) if channels % 2 else warped_by_alpha(op, params, picture, ground)
