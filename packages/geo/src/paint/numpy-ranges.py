"""Percentiles and extremes by numpy: reads a request as JSON, writes answer.json into the working folder."""

import json
import sys

import numpy as np

answers = []
for file, dtype, percents in json.load(sys.stdin):
    samples = np.fromfile(file, dtype)
    samples = samples[np.isfinite(samples)]
    answers.append([*np.percentile(samples, percents, method='lower').tolist(), samples.min().item(), samples.max().item()])
with open('answer.json', 'w') as file:
    json.dump(answers, file)
