"""The client's look: a palette derived from two colors with readable contrast, and a logo that is checked before use."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree as ET

from shared.contracts.request import MAX_LOGO_BYTES, Brand
from shared.errors import UsageError

READABLE = 4.5  # WCAG 2.1 contrast of normal text
MAX_LOGO_PIXELS = 16_000_000
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Palette:
    """Colors as #rrggbb. `on_primary` is text on the primary color; `*_ink` are readable as text on white."""

    primary: str
    on_primary: str
    primary_ink: str
    primary_tint: str
    accent: str
    accent_ink: str
    accent_tint: str
    ink: str = "#172033"
    muted: str = "#5B6475"
    line: str = "#DDE2EA"
    ground: str = "#F5F7FA"
    warning: str = "#B45309"
    warning_tint: str = "#FEF3C7"


@dataclass(frozen=True)
class Logo:
    """A checked image file."""

    data: bytes
    media_type: Literal["image/png", "image/svg+xml"]


def palette(brand: Brand) -> Palette:
    """The palette of a brand; colors that would be unreadable as text are darkened, never the brand color itself."""
    primary, accent = brand.primary_color.upper(), brand.accent_color.upper()
    return Palette(
        primary=primary,
        on_primary=max("#FFFFFF", "#000000", key=lambda text: contrast(primary, text)),
        primary_ink=readable(primary),
        primary_tint=mix(primary, "#FFFFFF", 0.92),
        accent=accent,
        accent_ink=readable(accent),
        accent_tint=mix(accent, "#FFFFFF", 0.88),
    )


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colors, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(color: str) -> str:
    """The color, darkened in small steps until it can be read as text on white."""
    for step in range(20):
        candidate = mix(color, "#000000", step / 20)
        if contrast(candidate, "#FFFFFF") >= READABLE:
            return candidate
    return "#000000"


def mix(color: str, other: str, share: float) -> str:
    """The color with `share` (0..1) of another mixed in."""
    channels = zip(_channels(color), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in channels)


def read_logo(path: Path) -> Logo:
    """Read and check a logo file. Raises UsageError."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_LOGO_BYTES + 1)
    except OSError as error:
        raise UsageError(f"The logo {path} can't be read ({error.strerror}): check brand.logo in the request.") from error
    return check_logo(data, name=str(path))


def check_logo(data: bytes, *, name: str) -> Logo:
    """A logo from the bytes of a PNG or SVG. Raises UsageError for other formats, DTDs and oversized images."""
    if len(data) > MAX_LOGO_BYTES:
        raise UsageError(f"The logo {name} is too large: at most {MAX_LOGO_BYTES:,} bytes are allowed.")
    if data.startswith(PNG) and len(data) > 24:
        width, height = struct.unpack(">II", data[16:24])
        if not 0 < width * height <= MAX_LOGO_PIXELS:
            raise UsageError(f"The logo {name} is {width} by {height} pixels: at most {MAX_LOGO_PIXELS:,} in all are allowed.")
        return Logo(data, "image/png")
    if _is_plain_svg(data):
        return Logo(data, "image/svg+xml")
    raise UsageError(
        f"The logo {name} is neither a PNG nor a plain SVG (without DOCTYPE or links to other files): export it as one of them."
    )


def _is_plain_svg(data: bytes) -> bool:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\0" in data:  # entities expand without bound, and UTF-16 hides them
        return False
    try:
        root = ET.fromstring(data)  # noqa: S314 - DTDs are refused above
    except ET.ParseError:
        return False
    return root.tag == "{http://www.w3.org/2000/svg}svg" and not any(_reaches_out(element) for element in root.iter())


def _reaches_out(element: ET.Element) -> bool:
    """Whether an element names anything outside the file."""
    links = [value for name, value in element.attrib.items() if name.rpartition("}")[2] in ("href", "src")]
    styles = " ".join([element.text or "", *element.attrib.values()]).replace("'", "").replace('"', "")
    outside = [link for link in links if not link.startswith(("#", "data:image/"))]
    return bool(outside) or "@import" in styles or any(not part.lstrip().startswith("#") for part in styles.split("url(")[1:])


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _channels(color))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
