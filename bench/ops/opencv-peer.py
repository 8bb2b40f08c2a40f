#!/usr/bin/python3
"""Measures OpenCV on one thread: reads a line of JSON for each operation, {op, params, channels}, and answers each with
one, {op, seconds} of processor time of the best run, or {op, seconds: null} for what OpenCV has no function for.

    opencv-peer.py PICTURE WIDTH HEIGHT

PICTURE is raw RGB. Each function is what somebody who knows OpenCV would call: in place of tables and kernels it gets them
ready made."""

import json
import sys
import time

import cv2
import numpy as np

cv2.setNumThreads(1)
path, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
colours = np.fromfile(path, np.uint8).reshape(height, width, 3)
gray = cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY)
levels = np.arange(256)
LONG_ENOUGH = 0.6


def curve(function):
    table = np.clip(np.floor(function(levels) + 0.5), 0, 255).astype(np.uint8)
    return lambda picture: cv2.LUT(picture, table)


def matrix(rows):
    rows = np.float32(rows)
    return lambda picture: cv2.transform(picture, rows)


def hue_saturation(picture):
    hls = cv2.cvtColor(picture, cv2.COLOR_RGB2HLS)
    hls[:, :, 0] = cv2.LUT(hls[:, :, 0], ((levels + 75) % 180).astype(np.uint8))
    hls[:, :, 2] = cv2.LUT(hls[:, :, 2], np.minimum(levels * 1.3, 255).astype(np.uint8))
    return cv2.cvtColor(hls, cv2.COLOR_HLS2RGB)


def blurred(picture, sigma):
    return cv2.GaussianBlur(picture, (0, 0), sigma)


def kernel(text):
    return np.float32([[float(value) for value in row.split()] for row in text.split('/')])


def gradient(across, upright, scale):
    def run(picture):
        return cv2.convertScaleAbs(cv2.magnitude(across(picture), upright(picture)), alpha=scale)
    return run


def derivative(x, y, aperture):
    return lambda picture: cv2.Sobel(picture, cv2.CV_32F, x, y, ksize=aperture)


def element(params):
    shape = {'rectangle': cv2.MORPH_RECT, 'ellipse': cv2.MORPH_ELLIPSE, 'cross': cv2.MORPH_CROSS}[params['shape']]
    return cv2.getStructuringElement(shape, (params['ksize'], params['ksize']))


def pixelated(size):
    def run(picture):
        small = cv2.resize(picture, (-(-width // size), -(-height // size)), interpolation=cv2.INTER_AREA)
        return cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)
    return run


def vignette():
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    mask = 1 - 0.5 * np.clip(np.hypot(x / width - 0.5, y / height - 0.5), 0, 1)
    mask = cv2.merge([mask] * 3)
    return lambda picture: cv2.multiply(picture, mask, dtype=cv2.CV_8U)


def on_luma(function):
    def run(picture):
        ycc = cv2.cvtColor(picture, cv2.COLOR_RGB2YCrCb)
        y, cr, cb = cv2.split(ycc)
        return cv2.cvtColor(cv2.merge([function(y), cr, cb]), cv2.COLOR_YCrCb2RGB)
    return run


def stretched(picture):
    low, high, _, _ = cv2.minMaxLoc(picture.reshape(height, -1))
    return cv2.convertScaleAbs(picture, alpha=255 / max(1, high - low), beta=-low)


def otsu(picture):
    return cv2.threshold(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[1]


def gray_world(picture):
    mean = cv2.mean(picture)
    return cv2.transform(picture, np.diag(np.float32([sum(mean[:3]) / 3 / max(1, value) for value in mean[:3]])))


def canny_otsu(picture):
    one = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    high, _ = cv2.threshold(one, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return cv2.Canny(picture, high / 2, high)


def percentiles(picture):
    tables = []
    for channel in range(3):
        counts = np.cumsum(cv2.calcHist([picture], [channel], None, [256], [0, 256]))
        low, high = np.searchsorted(counts, counts[-1] * np.float64([0.01, 0.99]))
        tables.append(np.clip((levels - low) * 255 / max(1, high - low), 0, 255).astype(np.uint8))
    return cv2.LUT(picture, cv2.merge(tables).reshape(256, 1, 3).transpose(0, 1, 2).reshape(1, 256, 3))


def components(picture):
    _, black = cv2.threshold(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), 127, 255, cv2.THRESH_BINARY)
    count, labels, _, _ = cv2.connectedComponentsWithStats(black)
    return np.random.default_rng(1).integers(0, 255, (count, 3), np.uint8)[labels]


def quantized(params):
    def run(picture):
        samples = picture.reshape(-1, 3).astype(np.float32)
        criteria = (cv2.TERM_CRITERIA_MAX_ITER, params.get('iterations', 10), 0)
        _, labels, centres = cv2.kmeans(samples, params['k'], None, criteria, 1, cv2.KMEANS_PP_CENTERS)
        return centres.astype(np.uint8)[labels.ravel()]
    return run


def filled(picture):
    copy = picture.copy()
    cv2.floodFill(copy, None, (width // 2, height // 2), (0, 255, 0), (20,) * 3, (20,) * 3, 8 | cv2.FLOODFILL_FIXED_RANGE)
    return copy


def overlaid(picture):
    edges = cv2.Canny(cv2.blur(picture, (3, 3)), 10, 30, apertureSize=5)
    half = cv2.convertScaleAbs(picture, alpha=0.5)
    half[edges > 0] = (0, 255, 0)
    return half


def function_for(op, p):
    size = p.get('ksize', 3)
    forms = {
        'grayscale': lambda: lambda i: cv2.cvtColor(i, cv2.COLOR_RGB2GRAY),
        'canny': lambda: lambda i: cv2.Canny(i, p['low'], p['high'], apertureSize=p['aperture'], L2gradient=p['l2']),
        'threshold': lambda: lambda i: cv2.threshold(cv2.cvtColor(i, cv2.COLOR_RGB2GRAY), p['value'], 255, cv2.THRESH_BINARY)[1],
        'invert': lambda: cv2.bitwise_not,
        'gaussian-blur': lambda: lambda i: cv2.GaussianBlur(i, (size, size), p['sigma']),
        'sharpen': lambda: lambda i, k=np.float32([[0, -1, 0], [-1, 5, -1], [0, -1, 0]]): cv2.filter2D(i, -1, k),
        'median': lambda: lambda i: cv2.medianBlur(i, size),
        'dilate': lambda: lambda i, e=element(p): cv2.dilate(i, e, iterations=p['iterations']),
        'erode': lambda: lambda i, e=element(p): cv2.erode(i, e, iterations=p['iterations']),
        'swap-red-blue': lambda: lambda i: cv2.cvtColor(i, cv2.COLOR_RGB2BGR),
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
        'box-blur': lambda: lambda i: cv2.blur(i, (size, size)),
        'motion-blur': lambda: lambda i, k=np.eye(13, dtype=np.float32) / 13: cv2.filter2D(i, -1, k),
        'bilateral': lambda: lambda i: cv2.bilateralFilter(i, size, p['sigmaColour'], p['sigmaSpace']),
        'unsharp-mask': lambda: lambda i: cv2.addWeighted(i, 1 + p['amount'] / 100, blurred(i, p['sigma']), -p['amount'] / 100, 0),
        'high-pass': lambda: lambda i: cv2.addWeighted(i, 0.5, blurred(i, p['sigma']), -0.5, 128),
        'emboss': lambda: lambda i, k=np.float32([[-2, -1, 0], [-1, 0, 1], [0, 1, 2]]): cv2.filter2D(i, -1, k, delta=128),
        'filter2d': lambda: lambda i, k=kernel(p['kernel']): cv2.filter2D(i, -1, k, delta=p['offset']),
        'sobel': lambda: gradient(derivative(1, 0, p['aperture']), derivative(0, 1, p['aperture']), p['scale']),
        'scharr': lambda: gradient(derivative(1, 0, -1), derivative(0, 1, -1), p['scale']),
        'prewitt': lambda: gradient(
            lambda i: cv2.sepFilter2D(i, cv2.CV_32F, np.float32([-1, 0, 1]), np.float32([1, 1, 1])),
            lambda i: cv2.sepFilter2D(i, cv2.CV_32F, np.float32([1, 1, 1]), np.float32([-1, 0, 1])), p['scale']),
        'laplacian': lambda: lambda i: cv2.convertScaleAbs(cv2.Laplacian(i, cv2.CV_16S, ksize=p['aperture']), alpha=p['scale']),
        'adaptive-threshold': lambda: lambda i: cv2.adaptiveThreshold(i, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, p['block'], p['constant']),
        'morphology': lambda: lambda i, e=element(p): cv2.morphologyEx(i, cv2.MORPH_OPEN, e, iterations=p['iterations']),
        'pixelate': lambda: pixelated(p['size']),
        'vignette': vignette,
        'non-local-means': lambda: lambda i: cv2.fastNlMeansDenoising(i, None, 10, 7, 21),
        'equalize-histogram': lambda: on_luma(cv2.equalizeHist),
        'clahe': lambda: on_luma(cv2.createCLAHE(clipLimit=2, tileGridSize=(8, 8)).apply),
        'otsu': lambda: otsu,
        'auto-levels': lambda: percentiles,
        'gray-world': lambda: gray_world,
        'normalize': lambda: stretched,
        'canny-otsu': lambda: canny_otsu,
        'connected-components': lambda: components,
        'k-means': lambda: quantized(p),
        'flood-fill': lambda: filled,
        'overlay-edges': lambda: overlaid,
    }
    return forms[op]() if op in forms else None


def seconds(run, picture):
    best, total, runs = float('inf'), 0.0, 0
    while runs < 2 or total < LONG_ENOUGH:
        before = time.process_time()
        run(picture)
        taken = time.process_time() - before
        best, total, runs = min(best, taken), total + taken, runs + 1
    return best


for line in sys.stdin:
    question = json.loads(line)
    run = function_for(question['op'], question['params'])
    picture = gray if question['channels'] == 1 else colours
    print(json.dumps({'op': question['op'], 'seconds': run and seconds(run, picture)}), flush=True)
