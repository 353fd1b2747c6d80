"""Pictures -> where lines of text stand in them and which characters they hold, by rapidocr's models (PP-OCRv6 small).

The models lie in rapidocr's wheel (Apache-2.0, as is the code); nothing is fetched. The detector and recogniser are run
by their own sessions so that each character's place and certainty is kept; the engine's own turning of lines is not
used, because it turns upright Chinese lines over.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from hedui.readers.scan.widths import WIDE

__all__ = ["Engine", "Reading", "engine"]

Picture = NDArray[np.uint8]
Boxes = NDArray[np.float32]
Answer = NDArray[np.float32]

# what the recogniser was trained on: lines 48 pixels high, one column of its answer for 8 pixels
LINE_HEIGHT = 48
COLUMN = 8
# a batch of lines is padded to its longest one; more pixels than this in one batch are slower, not faster
BATCH_PIXELS = 6 * 1280
# lines shorter than this are read worse, since nothing like them was learned
LEAST_WIDTH = 160
MOST_WIDTH = 3200
# from here on another character is likely in a place
LIKELY = 0.1
# pixels of the longer side at which text is looked for: finer costs time and finds no more on A4
DETECT_SIDE = 1440


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a line says: `text`, the x of each character's middle as a part of the line's width, its certainty, and in
    `seconds` the character that is next likely in its place (a space where none is)."""

    text: str
    centres: tuple[float, ...]
    scores: tuple[float, ...]
    seconds: str = ""

    @property
    def score(self) -> float:
        return sum(self.scores) / len(self.scores) if self.scores else 0.0


def threads() -> int:
    """How many threads the engine uses: HEDUI_OCR_THREADS, else all processors."""
    told = os.environ.get("HEDUI_OCR_THREADS", "")
    return (int(told) if told.isdigit() else 0) or os.cpu_count() or 1


def on_card() -> bool:
    """Whether a graphics card recognises: where onnxruntime-gpu stands in for onnxruntime."""
    return onnxruntime.get_device() == "GPU" and "CUDAExecutionProvider" in onnxruntime.get_available_providers()


def settings() -> dict[str, Any]:
    """What rapidocr is told: no turning of lines, how many threads, and the card where there is one."""
    return {"Global.use_cls": False, "Global.log_level": "error", "Det.limit_side_len": 64, "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads(), "EngineConfig.onnxruntime.use_cuda": on_card()}


def line_input(crop: Picture, width: int) -> NDArray[np.float32]:
    """A grey line as the recogniser wants it: 3 x 48 x width, padded on the right, from -1 to 1."""
    scaled = min(width, max(1, round(crop.shape[1] * LINE_HEIGHT / crop.shape[0])))
    how = cv2.INTER_AREA if crop.shape[0] > LINE_HEIGHT else cv2.INTER_CUBIC
    padded = np.zeros((3, LINE_HEIGHT, width), np.float32)
    padded[:, :, :scaled] = cv2.resize(crop, (scaled, LINE_HEIGHT), interpolation=how) / np.float32(127.5) - 1
    return padded


def united(answer: Answer, twins: NDArray[np.int64]) -> Answer:
    """(columns, classes) with the likelihood of marks that differ only in width, (n, 2) classes, given to the likelier:
    they are one shape, and together may be likelier than a third."""
    wide, narrow = answer[:, twins[:, 0]], answer[:, twins[:, 1]]
    both, wider = wide + narrow, wide >= narrow
    answer = answer.copy()
    answer[:, twins[:, 0]], answer[:, twins[:, 1]] = np.where(wider, both, 0), np.where(wider, 0, both)
    return answer


def line_width(crop: Picture) -> int:
    wide: int = -(-crop.shape[1] * LINE_HEIGHT // crop.shape[0] // COLUMN) * COLUMN
    return min(MOST_WIDTH, max(LEAST_WIDTH, wide))


class Engine:
    """The loaded models; make it through `engine()`, once a process."""

    def __init__(self) -> None:
        from rapidocr import RapidOCR
        from rapidocr.ch_ppocr_det import TextDetector
        from rapidocr.ch_ppocr_rec import TextRecognizer

        config: Any = RapidOCR(params=settings()).cfg
        for part in (config.Det, config.Rec):
            part.engine_cfg = config.EngineConfig[part.engine_type.value]
            part.model_root_dir = config.Global.model_root_dir
        config.Rec.font_path = None
        self.detector = TextDetector(config.Det)
        recogniser = TextRecognizer(config.Rec)
        self.session, self.characters = recogniser.session, recogniser.postprocess_op.character
        known = {char: at for at, char in enumerate(self.characters)}
        self.twins = np.array([(known[wide], known[narrow]) for narrow, wide in WIDE.items()
                               if wide in known and narrow in known])

    def detect(self, grey: Picture) -> Boxes:
        """The corners of each line of text in `grey` (h, w), as (n, 4, 2) pixels, from the top left clockwise."""
        scale = min(1.0, DETECT_SIDE / max(grey.shape))
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
        boxes = self.detector(cv2.cvtColor(small, cv2.COLOR_GRAY2RGB)).boxes
        return np.zeros((0, 4, 2), np.float32) if boxes is None else np.asarray(boxes, np.float32) / scale

    def recognise(self, crops: list[Picture]) -> list[Reading]:
        """What each grey line (h, w) says."""
        readings: dict[int, Reading] = {}
        widths = [line_width(crop) for crop in crops]
        batch: list[int] = []
        for at in sorted(range(len(crops)), key=widths.__getitem__):
            if batch and (len(batch) + 1) * widths[at] > BATCH_PIXELS:
                readings |= self.read_batch(batch, crops, widths)
                batch = []
            batch.append(at)
        if batch:
            readings |= self.read_batch(batch, crops, widths)
        return [readings[at] for at in range(len(crops))]

    def read_batch(self, batch: list[int], crops: list[Picture], widths: list[int]) -> dict[int, Reading]:
        width = widths[batch[-1]]
        answer = self.session(np.stack([line_input(crops[at], width) for at in batch]))
        return {at: self.decoded(answer[row], crops[at], width) for row, at in enumerate(batch)}

    def decoded(self, answer: Answer, crop: Picture, width: int) -> Reading:
        """The characters of (columns, classes): one for each run of columns that agree, blanks (class 0) dropped."""
        answer = united(answer, self.twins)
        best = answer.argmax(axis=1)
        certain = answer[np.arange(len(best)), best]
        starts = np.flatnonzero(np.concatenate(([True], best[1:] != best[:-1])))
        used = min(1.0, crop.shape[1] * LINE_HEIGHT / crop.shape[0] / width)
        text, centres, scores, seconds = [], [], [], []
        for start, end in zip(starts, [*starts[1:], len(best)], strict=True):
            if best[start]:
                weights = certain[start:end]
                text.append(self.characters[best[start]])
                centre = float(np.dot(np.arange(start, end) + 0.5, weights) / weights.sum())
                centres.append(min(1.0, centre / len(best) / used))
                scores.append(float(weights.max()))
                seconds.append(self.second(answer[start + int(weights.argmax())], int(best[start])))
        return Reading(text="".join(text), centres=tuple(centres), scores=tuple(scores), seconds="".join(seconds))

    def second(self, column: Answer, first: int) -> str:
        """The character next likely to `first` in a column, if it is likely at all and takes one place."""
        if 1 - column[first] < LIKELY:
            return " "
        rest = column.copy()
        rest[[0, first]] = 0
        char: str = self.characters[int(rest.argmax())]
        return char if rest.max() >= LIKELY and len(char) == 1 else " "


@lru_cache(maxsize=1)
def engine() -> Engine:
    """The engine of this process, loaded on first use."""
    return Engine()
