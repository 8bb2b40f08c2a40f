#!/usr/bin/python3
"""Measures OpenCV on one thread: reads a line of JSON for each operation, {op, params, channels, whole}, and answers each
with one, {op, pace, again} in megapixels of its picture per second of processor time in the best run, or none if OpenCV has no
function for it: `pace` where each result is a new array, `again` where it is written into the memory of the last one, if
the function has a parameter for that.

    opencv-peer.py PICTURE WIDTH HEIGHT

PICTURE is raw RGB; slow operations are given its first rows only, unless `whole` is told. Each function is what somebody who
knows OpenCV would call: in place of tables and kernels it gets them ready made."""

import json
import sys
import time

import cv2
import numpy as np
from scipy import ndimage

cv2.setNumThreads(1)
path, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
colours = np.fromfile(path, np.uint8).reshape(height, width, 3)
gray = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
levels = np.arange(256)
# Seconds that an operation is measured for, and rows that tell how slow it is.
LONG_ENOUGH = 0.25
PROBE_ROWS = 128


def curve(function):
    table = np.clip(np.floor(function(levels) + 0.5), 0, 255).astype(np.uint8)
    return lambda picture, out: cv2.LUT(picture, table, dst=out)


def filtered(weights, offset=0):
    weights = np.float32(weights)
    return lambda picture, out: cv2.filter2D(picture, -1, weights, dst=out, delta=offset)


def matrix(rows):
    rows = np.float32(rows)
    return lambda picture, out: cv2.transform(picture, rows, dst=out)


def hue_saturation(picture, out):
    hls = cv2.cvtColor(picture, cv2.COLOR_RGB2HLS)
    hls[:, :, 0] = cv2.LUT(hls[:, :, 0], ((levels + 75) % 180).astype(np.uint8))
    hls[:, :, 2] = cv2.LUT(hls[:, :, 2], np.minimum(levels * 1.3, 255).astype(np.uint8))
    return cv2.cvtColor(hls, cv2.COLOR_HLS2RGB, dst=out)


def blurred(picture, sigma):
    return cv2.GaussianBlur(picture, (0, 0), sigma)


def kernel(text):
    return np.float32([[float(value) for value in row.split()] for row in text.split('/')])


def gradient(across, upright, scale):
    def run(picture, out):
        return cv2.convertScaleAbs(cv2.magnitude(across(picture), upright(picture)), alpha=scale, dst=out)
    return run


def derivative(x, y, aperture):
    return lambda picture: cv2.Sobel(picture, cv2.CV_32F, x, y, ksize=aperture)


def element(params):
    shape = {'rectangle': cv2.MORPH_RECT, 'ellipse': cv2.MORPH_ELLIPSE, 'cross': cv2.MORPH_CROSS}[params['shape']]
    return cv2.getStructuringElement(shape, (params['ksize'], params['ksize']))


def pixelated(size):
    def run(picture, out):
        rows = picture.shape[0]
        small = cv2.resize(picture, (-(-width // size), -(-rows // size)), interpolation=cv2.INTER_AREA)
        return cv2.resize(small, (width, rows), interpolation=cv2.INTER_NEAREST, dst=out)
    return run


def vignette():
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    mask = 1 - 0.5 * np.clip(np.hypot(x / width - 0.5, y / height - 0.5), 0, 1)
    mask = cv2.merge([mask] * 3)
    return lambda picture, out: cv2.multiply(picture, mask[: picture.shape[0]], dtype=cv2.CV_8U, dst=out)


def on_luma(function):
    def run(picture, out):
        ycc = cv2.cvtColor(picture, cv2.COLOR_RGB2YCrCb)
        y, cr, cb = cv2.split(ycc)
        return cv2.cvtColor(cv2.merge([function(y), cr, cb]), cv2.COLOR_YCrCb2RGB, dst=out)
    return run


def stretched(picture, out):
    low, high, _, _ = cv2.minMaxLoc(picture.reshape(len(picture), -1))
    return cv2.convertScaleAbs(picture, alpha=255 / max(1, high - low), beta=-low, dst=out)


def otsu(picture, out):
    one = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return cv2.threshold(one, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU, dst=out)[1]


def gray_world(picture, out):
    mean = cv2.mean(picture)
    rows = np.diag(np.float32([sum(mean[:3]) / 3 / max(1, value) for value in mean[:3]]))
    return cv2.transform(picture, rows, dst=out)


def canny_otsu(picture, out):
    one = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    high, _ = cv2.threshold(one, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return cv2.Canny(picture, high / 2, high, edges=out)


def percentiles(picture, out):
    tables = []
    for channel in range(3):
        counts = np.cumsum(cv2.calcHist([picture], [channel], None, [256], [0, 256]))
        low, high = np.searchsorted(counts, counts[-1] * np.float64([0.01, 0.99]))
        tables.append(np.clip((levels - low) * 255 / max(1, high - low), 0, 255).astype(np.uint8))
    return cv2.LUT(picture, cv2.merge(tables).reshape(1, 256, 3), dst=out)


def components(picture, _):
    _, black = cv2.threshold(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), 127, 255, cv2.THRESH_BINARY)
    count, labels, _, _ = cv2.connectedComponentsWithStats(black)
    return np.random.default_rng(1).integers(0, 255, (count, 3), np.uint8)[labels]


def quantized(params):
    def run(picture, _):
        samples = picture.reshape(-1, 3).astype(np.float32)
        criteria = (cv2.TERM_CRITERIA_MAX_ITER, params.get('iterations', 10), 0)
        _, labels, centres = cv2.kmeans(samples, params['k'], None, criteria, 1, cv2.KMEANS_PP_CENTERS)
        return centres.astype(np.uint8)[labels.ravel()]
    return run


def filled(p):
    """From the first point over what is like it, as the operation is told to."""
    across, down = (float(value) / 100 for value in p['points'].split('/')[0].split())
    colour = [int(p['colour'][at:at + 2], 16) for at in (1, 3, 5)]
    flags = p['connectivity'] | (cv2.FLOODFILL_FIXED_RANGE if p['like'] == 'point' else 0)

    def run(picture, out):
        copy = np.empty_like(picture) if out is None else out
        np.copyto(copy, picture)
        seed = int(across * picture.shape[1]), int(down * len(picture))
        cv2.floodFill(copy, None, seed, colour, (p['tolerance'],) * 3, (p['tolerance'],) * 3, flags)
        return copy
    return run


def overlaid(picture, out):
    edges = cv2.Canny(cv2.blur(picture, (3, 3)), 10, 30, apertureSize=5)
    half = cv2.convertScaleAbs(picture, alpha=0.5, dst=out)
    half[edges > 0] = (0, 255, 0)
    return half


def warped(size, interpolation=cv2.INTER_LINEAR):
    """Turned by 20° on a canvas that holds all of it, or sheared: both are an affine map."""
    def run(picture, out):
        rows = len(picture)
        if size == 'grown':
            turn = cv2.getRotationMatrix2D((width / 2, rows / 2), -20, 1)
            cos, sin = abs(turn[0, 0]), abs(turn[0, 1])
            wide, high = round(width * cos + rows * sin), round(width * sin + rows * cos)
            turn[:, 2] += (wide - width) / 2, (high - rows) / 2
            return cv2.warpAffine(picture, turn, (wide, high), flags=interpolation, dst=out)
        shear = np.float64([[1, 0.2, 0], [0, 1, 0]])
        return cv2.warpAffine(picture, shear, (width, rows), flags=interpolation, dst=out)
    return run


def in_perspective(picture, out):
    rows = len(picture)
    corners = np.float32([[0, 0], [width, 0], [width, rows], [0, rows]])
    there = np.float32([[0.1 * width, 0], [0.9 * width, 0], [width, rows], [0, rows]])
    return cv2.warpPerspective(picture, cv2.getPerspectiveTransform(corners, there), (width, rows), dst=out)


def screened(picture, out):
    upside_down = cv2.bitwise_not(picture)
    return cv2.bitwise_not(cv2.multiply(upside_down, upside_down, scale=1 / 255), dst=out)


def darkened(picture, out):
    shares = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    return cv2.multiply(picture, shares, dst=out, scale=1 / 255)


def function_for(op, p):
    """What does an operation: a function of the picture and of its last result, whose memory it may use again."""
    size = p.get('ksize', 3)
    forms = {
        'grayscale': lambda: lambda i, o: cv2.cvtColor(i, cv2.COLOR_RGB2GRAY, dst=o),
        'canny': lambda: lambda i, o: cv2.Canny(i, p['low'], p['high'], edges=o, apertureSize=p['aperture'], L2gradient=p['l2']),
        'threshold': lambda: lambda i, o: cv2.threshold(cv2.cvtColor(i, cv2.COLOR_RGB2GRAY), p['value'], 255, cv2.THRESH_BINARY, dst=o)[1],
        'invert': lambda: lambda i, o: cv2.bitwise_not(i, dst=o),
        'gaussian-blur': lambda: lambda i, o: cv2.GaussianBlur(i, (size, size), p['sigma'], dst=o),
        'sharpen': lambda: filtered(10 * (np.arange(9).reshape(3, 3) == 4) - np.ones((3, 3))),
        'median': lambda: lambda i, o: cv2.medianBlur(i, size, dst=o),
        'dilate': lambda: lambda i, o, e=element(p): cv2.dilate(i, e, dst=o, iterations=p['iterations']),
        'erode': lambda: lambda i, o, e=element(p): cv2.erode(i, e, dst=o, iterations=p['iterations']),
        'swap-red-blue': lambda: lambda i, o: cv2.cvtColor(i, cv2.COLOR_RGB2BGR, dst=o),
        'brightness-contrast': lambda: curve(lambda v: (v - 128) * 1.45 + 148),
        'gamma': lambda: curve(lambda v: 255 * (v / 255) ** (1 / p['gamma'])),
        'levels': lambda: curve(lambda v: (v - 30) * 255 / 160),
        'curves': lambda: curve(lambda v: 255 * np.sin(v / 255 * np.pi / 2)),
        'posterize': lambda: curve(lambda v: v // 64 * 85),
        'solarize': lambda: curve(lambda v: np.where(v > 128, 255 - v, v)),
        'hue-saturation-lightness': lambda: hue_saturation,
        'white-balance': lambda: matrix(np.diag([p['red'], p['green'], p['blue']])),
        'sepia': lambda: matrix([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]]),
        'tint': lambda: matrix([[0.4, 0.3, 0.2], [0.1, 0.7, 0.2], [0.2, 0.3, 0.4]]),
        'channel-mixer': lambda: matrix([[0, 1, 0], [0.6, 0.4, 0], [0, 0, 1]]),
        'box-blur': lambda: lambda i, o: cv2.blur(i, (size, size), dst=o),
        'motion-blur': lambda: filtered(np.eye(13) / 13),
        'bilateral': lambda: lambda i, o: cv2.bilateralFilter(i, size, p['sigmaColour'], p['sigmaSpace'], dst=o),
        'unsharp-mask': lambda: lambda i, o: cv2.addWeighted(i, 1 + p['amount'] / 100, blurred(i, p['sigma']), -p['amount'] / 100, 0, dst=o),
        'high-pass': lambda: lambda i, o: cv2.addWeighted(i, 0.5, blurred(i, p['sigma']), -0.5, 128, dst=o),
        'emboss': lambda: filtered([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]], 128),
        'filter2d': lambda: filtered(kernel(p['kernel']), p['offset']),
        'sobel': lambda: gradient(derivative(1, 0, p['aperture']), derivative(0, 1, p['aperture']), p['scale']),
        'scharr': lambda: gradient(derivative(1, 0, -1), derivative(0, 1, -1), p['scale']),
        'prewitt': lambda: gradient(
            lambda i: cv2.sepFilter2D(i, cv2.CV_32F, np.float32([-1, 0, 1]), np.float32([1, 1, 1])),
            lambda i: cv2.sepFilter2D(i, cv2.CV_32F, np.float32([1, 1, 1]), np.float32([-1, 0, 1])), p['scale']),
        'laplacian': lambda: lambda i, o: cv2.convertScaleAbs(cv2.Laplacian(i, cv2.CV_16S, ksize=p['aperture']), alpha=p['scale'], dst=o),
        'adaptive-threshold': lambda: lambda i, o: cv2.adaptiveThreshold(i, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, p['block'], p['constant'], dst=o),
        'morphology': lambda: lambda i, o, e=element(p): cv2.morphologyEx(i, cv2.MORPH_OPEN, e, dst=o, iterations=p['iterations']),
        'pixelate': lambda: pixelated(p['size']),
        'vignette': vignette,
        'non-local-means': lambda: lambda i, o: cv2.fastNlMeansDenoising(i, o, p['strength'], p['template'], p['search']),
        'equalize-histogram': lambda: on_luma(cv2.equalizeHist),
        'clahe': lambda: on_luma(cv2.createCLAHE(clipLimit=p['limit'], tileGridSize=(p['across'], p['down'])).apply),
        'otsu': lambda: otsu,
        'auto-levels': lambda: percentiles,
        'gray-world': lambda: gray_world,
        'normalize': lambda: stretched,
        'canny-otsu': lambda: canny_otsu,
        'connected-components': lambda: components,
        'k-means': lambda: quantized(p),
        'flood-fill': lambda: filled(p),
        # With the same picture as the other one, in the settings of the example pictures.
        'blend': lambda: screened,
        'mask': lambda: darkened,
        # OpenCV has medians only: SciPy's.
        'rank-filter': lambda: lambda i, o: ndimage.percentile_filter(i, p['percentile'], size=(size, size, 1), output=o, mode='nearest'),
        'overlay-edges': lambda: overlaid,
        'resize': lambda: lambda i, o: cv2.resize(i, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_LANCZOS4, dst=o),
        'rotate': lambda: warped('grown'),
        'affine': lambda: warped('same'),
        'perspective': lambda: in_perspective,
        'flip': lambda: lambda i, o: cv2.flip(i, 0, dst=o),
        'flop': lambda: lambda i, o: cv2.flip(i, 1, dst=o),
        'pad': lambda: lambda i, o: cv2.copyMakeBorder(i, p['top'], p['bottom'], p['left'], p['right'], cv2.BORDER_CONSTANT, dst=o),
    }
    return forms[op]() if op in forms else None


def seconds_for(run, picture, again):
    """Processor time of the best of several runs; again: all but the first may write into the memory of the last result."""
    best, total, runs, out = float('inf'), 0.0, 0, None
    while runs < 3 or total < LONG_ENOUGH:
        before = time.process_time()
        made = run(picture, out)
        taken = time.process_time() - before
        out = made if again else None
        best, total, runs = min(best, taken), total + taken, runs + 1
        if total > 4 * LONG_ENOUGH:
            break
    return best


def paces_of(run, picture, whole):
    """Megapixels of the picture per second: of as many of its rows as take about so long, or of all of them."""
    rows = len(picture)
    if not whole:
        before = time.process_time()
        run(picture[:PROBE_ROWS], None)
        each = (time.process_time() - before) / PROBE_ROWS
        rows = min(rows, max(PROBE_ROWS, int(LONG_ENOUGH / 4 / each)))
    part = picture[:rows]
    return [rows * width / 1e6 / seconds_for(run, part, again) for again in (False, True)]


for line in sys.stdin:
    question = json.loads(line)
    run = function_for(question['op'], question['params'])
    if run is None:
        continue
    pace, again = paces_of(run, gray if question['channels'] == 1 else colours, question['whole'])
    print(json.dumps({'op': question['op'], 'pace': pace, 'again': again}), flush=True)
