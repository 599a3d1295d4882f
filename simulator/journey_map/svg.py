"""A picture as SVG: text stays text, and nothing in it is taken for markup."""

from __future__ import annotations

from html import escape

from simulator.journey_map.shapes import Box, Line, Mark, Picture, Shape, Words

FAMILY = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"


def svg(picture: Picture, family: str = FAMILY) -> str:
    """The picture as an SVG document, in this family of fonts."""
    wide, tall = _number(picture.width), _number(picture.height)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{tall}" '
        f'viewBox="0 0 {wide} {tall}" role="img" font-family="{family}">'
    )
    ground = f'<rect width="{wide}" height="{tall}" fill="{picture.ground}"/>'
    title = f"<title>{_text(picture.title)}</title>"
    return "\n".join([head, title, ground, *map(_drawn, picture.shapes), "</svg>", ""])


def _drawn(shape: Shape) -> str:
    match shape:
        case Box():
            return (
                f'<rect x="{_number(shape.x)}" y="{_number(shape.y)}" '
                f'width="{_number(shape.width)}" height="{_number(shape.height)}" '
                f'rx="{_number(shape.radius)}" fill="{shape.fill}"/>'
            )
        case Line():
            return _line(shape)
        case Mark():
            return (
                f'<circle cx="{_number(shape.x)}" cy="{_number(shape.y)}" '
                f'r="{_number(shape.radius)}" fill="{shape.ground or shape.colour}" '
                f'stroke="{shape.colour}" stroke-width="1.6"/>'
            )
        case Words():
            weight = ' font-weight="600"' if shape.strong else ""
            return (
                f'<text x="{_number(shape.x)}" y="{_number(shape.y)}" '
                f'font-size="{_number(shape.size)}" fill="{shape.colour}"{weight} '
                f'text-anchor="{shape.anchor}">{_text(shape.text)}</text>'
            )


def _line(line: Line) -> str:
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in line.points)
    if line.fill:
        return f'<polygon points="{points}" fill="{line.colour}" fill-opacity="{line.fill:g}"/>'
    dashes = ' stroke-dasharray="5 4"' if line.dashed else ""
    return (
        f'<polyline points="{points}" fill="none" stroke="{line.colour}" '
        f'stroke-width="{_number(line.width)}" stroke-linejoin="round"{dashes}/>'
    )


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _text(text: str) -> str:
    """Escaped, without what XML cannot hold."""
    return escape("".join(char if char.isprintable() else " " for char in text), quote=False)
