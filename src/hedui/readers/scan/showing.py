"""A page of a scanned or photographed file -> its picture flat and upright, as it was read, for people to look at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hedui.errors import ReadError
from hedui.readers.scan.frames import frame_at, frame_count, opened
from hedui.readers.scan.recognise import straightened

__all__ = ["drawn_frame", "frames_held"]


def drawn_frame(data: bytes, number: int) -> tuple[NDArray[np.uint8], float, float] | None:
    """Page `number` (from 1) as a grey picture (h, w), and its width and height in points: the places of what was read on it are places in this
    picture. None where there is no such page, or it cannot be read."""
    try:
        with opened(data, "") as image:
            frame = frame_at(image, number, "") if 1 <= number <= frame_count(image, "") else None
    except ReadError:
        return None
    found = straightened(frame.picture, frame.dpi) if frame is not None else None
    return (found.sheet.grey, *found.size) if found is not None else None


def frames_held(data: bytes) -> int:
    """How many pages a picture has; 0 where it cannot be opened."""
    try:
        with opened(data, "") as image:
            return frame_count(image, "")
    except ReadError:
        return 0
