"""Whether HTML shows an element: text that no reader sees could still speak to a language model."""

import re

from lxml import etree

NAMED = {"white": (255, 255, 255), "black": (0, 0, 0), "transparent": None}
COLOUR = re.compile(
    r"#([0-9a-f]{3,8})\b|rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+%?))?\s*\)|\b(white|black|transparent)\b"
)
NEAR = 24
"""Colours whose parts differ less are one to the eye."""
OFF_PAGE = re.compile(r"-\s*\d{3,}(?:px|em|rem|%|vw|vh|pt)")

Colour = tuple[int, int, int]


def is_hidden(element: etree._Element) -> bool:
    """By its attributes: hidden, or an inline style that shows nothing, nothing legible or nothing on the page."""
    if element.get("hidden") is not None or (element.tag == "input" and element.get("type") == "hidden"):
        return True
    style = _style(element)
    if style.get("display") == "none" or style.get("visibility") in ("hidden", "collapse"):
        return True
    if any(_is_nothing(style.get(name, "")) for name in ("font-size", "opacity", "zoom")) or _is_tiny(style):
        return True
    if any(OFF_PAGE.match(style.get(name, "")) for name in ("left", "top", "right", "text-indent", "margin-left")):
        return True
    colour = _colour(style.get("color", "") or (element.get("color", "") if element.tag == "font" else ""))
    return colour is not None and (colour == "transparent" or _near(colour, _background(element)))


def _style(element: etree._Element) -> dict[str, str]:
    written = re.sub(r"/\*.*?\*/", "", (element.get("style") or "").lower(), flags=re.S)
    pairs = (part.split(":", 1) for part in written.split(";") if ":" in part)
    return {name.strip(): value.replace("!important", "").strip() for name, value in pairs}


def _is_nothing(value: str) -> bool:
    return bool(re.fullmatch(r"0*\.?0+(?:[a-z]+|%)?", value))


def _is_tiny(style: dict[str, str]) -> bool:
    size = re.fullmatch(r"([\d.]{1,6})(px|pt)", style.get("font-size", ""))
    try:
        return bool(size and float(size[1]) < 2)
    except ValueError:
        return False


def _colour(value: str) -> Colour | str | None:
    """Red, green and blue; "transparent"; or None when it isn't said."""
    found = COLOUR.search(value.lower())
    if not found:
        return None
    if found[6]:
        return NAMED[found[6]] or "transparent"
    if found[5] and _is_nothing(found[5]):
        return "transparent"
    if found[2]:
        return (int(found[2][:3]), int(found[3][:3]), int(found[4][:3]))
    return _from_hex(found[1])


def _from_hex(digits: str) -> Colour | str | None:
    if len(digits) in (3, 4):
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) == 8 and digits[6:] == "00":
        return "transparent"
    return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)) if len(digits) >= 6 else None


def _background(element: etree._Element) -> Colour:
    """The nearest one that is declared, else a page's white."""
    for one in (element, *element.iterancestors()):
        style = _style(one)
        colour = _colour(style.get("background-color", "") or style.get("background", "") or one.get("bgcolor", ""))
        if isinstance(colour, tuple):
            return colour
    return (255, 255, 255)


def _near(colour: Colour | str, other: Colour) -> bool:
    return isinstance(colour, tuple) and all(abs(a - b) < NEAR for a, b in zip(colour, other, strict=True))
