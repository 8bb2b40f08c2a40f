#!/usr/bin/env python3
"""Makes packages/geo/src/paint/palette-table.ts: 256 colours of each ramp.

    python3 -m venv FOLDER && FOLDER/bin/pip install matplotlib==3.11.2 cmcrameri==1.10
    FOLDER/bin/python scripts/make-palettes.py

Colours between those that a ramp's authors give are blended by matplotlib.
"""

import pathlib

import cmcrameri.cm as crameri
import matplotlib
import numpy as np

TARGET = pathlib.Path(__file__).resolve().parent.parent / 'packages/geo/src/paint/palette-table.ts'
named = matplotlib.colormaps
RAMPS = {
    'vegetation': named['BrBG'],
    'snow': crameri.oslo,
    'water': crameri.devon_r,
    'built-up': named['PuOr_r'],
    'viridis': named['viridis'],
    'cividis': named['cividis'],
    'magma': named['magma'],
    'greys': named['gray'],
    'nipy-spectral': named['nipy_spectral'],
}


def colours(ramp):
    assert ramp.N == 256
    levels = np.rint(ramp(np.arange(256))[:, :3] * 255).astype(int)
    return ''.join(f'{level:02x}' for level in levels.ravel())


def lines(text, length=102):
    return ' +\n'.join(f"    '{text[at:at + length]}'" for at in range(0, len(text), length))


def key(name):
    return f"'{name}'" if '-' in name else name


body = ',\n'.join(f'  {key(name)}:\n{lines(colours(ramp))}' for name, ramp in RAMPS.items())
TARGET.write_text(f"""import type {{ Palette }} from '@tessera/contracts';

/** 256 colours of each ramp, from low to high values, as rrggbb; made by scripts/make-palettes.py. */
export const PALETTE_TABLE: Readonly<Record<Palette, string>> = {{
{body},
}};
""")
