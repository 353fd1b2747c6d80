#!/usr/bin/env python3
"""A pool of made reports (coverage_pool.py) -> how often the intervals of `hedui.research.doubt` hold the truth.

usage: coverage.py POOL.jsonl [--draws 200] [--reports 300] [--checked 60] [-o FIGURES.json]

The pool is the population, and what its annotations tell of it is the truth. Every draw takes so many reports out of it, with replacement, as hedui
read them, and asks for a figure in four ways: with everything taken as read; weighted by confidence as told; with a model of errors fitted on other
reports, drawn too, whose truth is known; and with some of the reports checked by hand. Besides readings as they are, readings made worse are drawn
from: of 15 in 100 values a digit is mistaken, the unit slipped, another report's value read, or nothing read at all, the less sure the more often.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from coverage_frames import Frames, Pair, frames_of
from scipy.stats import beta  # type: ignore[import-untyped]
from tqdm import tqdm

from hedui.research.doubt import Estimate, ErrorModel, correlation, difference, fit_errors, mean, quantile, ratio, share, slope, total
from hedui.research.doubt.rows import Confidence

Frame = pd.DataFrame
Asked = Callable[..., Estimate]
WRONG = 0.15
SEED = 8
