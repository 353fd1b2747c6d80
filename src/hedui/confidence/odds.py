"""Probabilities and certainties as log odds, and back."""

from __future__ import annotations

import math

__all__ = ["certainty_of", "doubt_of", "log_odds"]

# of 1, what the least certain character of a clear line has, and the least that counts
CLEAR, LEAST = 0.99, 0.01


def log_odds(probability: float) -> float:
    """`log(p / (1 - p))`, for what is nearly sure no more than what one in a thousand makes of it.

    >>> round(log_odds(0.9), 2), log_odds(1.0) == log_odds(0.9999)
    (2.2, True)
    """
    p = min(0.999, max(0.001, probability))
    return math.log(p / (1 - p))


def odds(certainty: float) -> float:
    kept = min(CLEAR, max(LEAST, certainty))
    return math.log(kept / (1 - kept))


def doubt_of(certainty: float) -> float:
    """How far a certainty (0 to 1) lies under that of a clear line, in log odds; 0 where it does not.

    >>> doubt_of(1.0), round(doubt_of(0.6), 2)
    (0.0, 4.19)
    """
    return max(0.0, odds(CLEAR) - odds(certainty))


def certainty_of(doubt: float) -> float:
    """The certainty in whole percent, from 0.01 to 0.99, that `doubt_of` makes `doubt` of.

    >>> certainty_of(doubt_of(0.6)), certainty_of(doubt_of(0.0))
    (0.6, 0.01)
    """
    return round(100 / (1 + math.exp(doubt - odds(CLEAR)))) / 100
