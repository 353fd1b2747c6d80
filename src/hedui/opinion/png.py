"""A picture -> PNG, for files that hold no SVG; needs a Chinese font on the machine."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from hedui.findings import Verdict
from hedui.opinion.picture import PLATE, RADIUS, TALL, Line, Picture
from hedui.opinion.svg import curve

__all__ = ["png_of"]

SCALE = 3
STEPS = 24
DASH = 4
COLOURS_KEPT = 48
# Pillow looks these up where each system keeps its fonts
FONTS = ("NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "SourceHanSansSC-Regular.otf", "SourceHanSansCN-Regular.otf", "msyh.ttc",
         "simhei.ttf", "PingFang.ttc", "STHeiti Light.ttc", "Hiragino Sans GB.ttc", "wqy-microhei.ttc", "wqy-zenhei.ttc",
         "DroidSansFallbackFull.ttf", "simsun.ttc")
CHINESE_FACE = 2  # of the faces of Noto's collection, the one with the forms of mainland China
INK, SOFT, PAPER, TINT, EDGE = "#1b2430", "#55606e", "#ffffff", "#f5f7f9", "#8b95a1"
COLOURS: dict[Verdict, tuple[str, str]] = {
    "consistent": ("#0b6e75", "#e0f1f1"), "rounding": ("#6d6f1b", "#ffffff"), "conflict": ("#c2410c", "#fdebe1"),
}


@cache
def font(size: int) -> ImageFont.FreeTypeFont | None:
    for name in FONTS:
        try:
            return ImageFont.truetype(name, size * SCALE, index=CHINESE_FACE if name.startswith("NotoSansCJK") else 0)
        except OSError:
            continue
    return None


def path(line: Line) -> list[tuple[float, float]]:
    (x0, y0), (xa, ya), (xb, yb), (x1, y1) = curve(line)
    found = []
    for step in range(STEPS + 1):
        t = step / STEPS
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3
        found.append(((a * x0 + b * xa + c * xb + d * x1) * SCALE, (a * y0 + b * ya + c * yb + d * y1) * SCALE))
    return found


def draw_line(canvas: ImageDraw.ImageDraw, line: Line) -> None:
    colour = COLOURS[line.verdict][0]
    points = path(line)
    if line.verdict == "conflict":
        for i in range(0, STEPS, DASH):
            canvas.line(points[i:i + DASH - 1], fill=colour, width=2 * SCALE)
    else:
        canvas.line(points, fill=colour, width=round(1.4 * SCALE), joint="curve")
    if line.arrow:
        x, y = points[-1]
        back = -7 * SCALE if line.x1 >= line.x0 else 7 * SCALE
        canvas.polygon([(x, y), (x + back, y - 4 * SCALE), (x + back, y + 4 * SCALE)], fill=colour)


def png_of(picture: Picture) -> bytes | None:
    """The picture at three pixels a unit on white; None where no Chinese font was found. The same picture and font give the same bytes."""
    small, large, sign = font(12), font(14), font(16)
    if small is None or large is None or sign is None:
        return None
    image = Image.new("RGB", (round(picture.width * SCALE), round(picture.height * SCALE)), PAPER)
    canvas = ImageDraw.Draw(image)
    for line in picture.lines:
        draw_line(canvas, line)
    for knot in picture.knots:
        x, y = knot.x * SCALE, knot.y * SCALE
        colour, tint = COLOURS[knot.verdict]
        if knot.verdict == "conflict":
            far = (RADIUS + 3) * SCALE
            canvas.polygon([(x, y - far), (x + far, y), (x, y + far), (x - far, y)], fill=tint, outline=colour, width=2 * SCALE)
        else:
            far = RADIUS * SCALE
            canvas.ellipse((x - far, y - far, x + far, y + far), fill=tint, outline=colour, width=round(1.6 * SCALE))
        canvas.text((x, y), knot.sign, fill=colour, font=sign, anchor="mm")
    for plate in picture.plates:
        box = (plate.x * SCALE, plate.y * SCALE, (plate.x + PLATE) * SCALE, (plate.y + TALL) * SCALE)
        colour, tint = COLOURS["conflict"] if plate.odd else (EDGE, TINT)
        canvas.rounded_rectangle(box, radius=4 * SCALE, fill=tint, outline=colour, width=2 * SCALE if plate.odd else SCALE)
        canvas.text(((plate.x + 8) * SCALE, (plate.y + 14) * SCALE), plate.name, fill=SOFT, font=small, anchor="ls")
        canvas.text(((plate.x + 8) * SCALE, (plate.y + 31) * SCALE), plate.text, fill=INK, font=large, anchor="ls")
    out = io.BytesIO()
    image.quantize(COLOURS_KEPT).save(out, format="PNG", optimize=True)
    return out.getvalue()
