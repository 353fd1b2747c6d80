"""A picture -> SVG that stands inside a page or alone; what a name says is escaped, colours are those of the page around it."""

from __future__ import annotations

from markupsafe import Markup

from hedui.opinion.picture import PLATE, RADIUS, TALL, Line, Picture

__all__ = ["curve", "svg_of"]

Point = tuple[float, float]


def curve(line: Line) -> tuple[Point, Point, Point, Point]:
    """The four points of the Bézier curve of a line."""
    bend = (line.x1 - line.x0) / 2
    return (line.x0, line.y0), (line.x0 + bend, line.y0), (line.x1 - bend, line.y1), (line.x1, line.y1)


def number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def points(*pairs: Point) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in pairs)


def svg_of(picture: Picture, *, label: str) -> Markup:
    """The picture as one `svg` element, classes on all that has a colour. A figure links to `#t` and the offset where it stands."""
    made = [Markup('<svg class="web" viewBox="0 0 {} {}" width="{}" role="img" aria-label="{}">').format(
        number(picture.width), number(picture.height), number(picture.width), label)]
    for line in picture.lines:
        (x0, y0), (xa, ya), (xb, yb), (x1, y1) = curve(line)
        made.append(Markup('<path class="{}" d="M{} C{}"/>').format(line.verdict, points((x0, y0)), points((xa, ya), (xb, yb), (x1, y1))))
        if line.arrow:
            back = -7 if x1 >= x0 else 7
            made.append(Markup('<polygon class="tip {}" points="{}"/>').format(
                line.verdict, points((x1, y1), (x1 + back, y1 - 4), (x1 + back, y1 + 4))))
    for knot in picture.knots:
        if knot.verdict == "conflict":
            far = RADIUS + 3
            shape = Markup('<polygon points="{}"/>').format(points((knot.x, knot.y - far), (knot.x + far, knot.y), (knot.x, knot.y + far),
                                                                    (knot.x - far, knot.y)))
        else:
            shape = Markup('<circle cx="{}" cy="{}" r="{}"/>').format(number(knot.x), number(knot.y), number(RADIUS))
        made.append(Markup('<g class="knot {}"><title>{}</title>{}<text x="{}" y="{}">{}</text></g>').format(
            knot.verdict, knot.said, shape, number(knot.x), number(knot.y + 5.5), knot.sign))
    for plate in picture.plates:
        body = Markup('<g class="plate{}"><title>{}</title><rect x="{}" y="{}" width="{}" height="{}" rx="4"/>'
                      '<text class="n" x="{}" y="{}">{}</text><text class="v" x="{}" y="{}">{}</text></g>').format(
            " odd" if plate.odd else "", plate.said, number(plate.x), number(plate.y), number(PLATE), number(TALL),
            number(plate.x + 8), number(plate.y + 14), plate.name, number(plate.x + 8), number(plate.y + 31), plate.text)
        made.append(body if plate.at is None else Markup('<a href="{}">{}</a>').format(f"#t{plate.at}", body))
    made.append(Markup("</svg>"))
    return Markup("").join(made)
