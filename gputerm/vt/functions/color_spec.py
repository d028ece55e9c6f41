"""Colour specifications as programs write them: `rgb:ff/80/00`, `#f80`, `CIELab:50/1/1`, `navy`.

The grammar is XParseColor(3)'s, because that is what xterm hands OSC 4, 10-19 and 5 to. The
device-independent forms (CIE..., TekHVC, rgbi) follow the CIE formulas with the constants of Xlib's
built-in screen characterisation (Xcms), so that they give the colours that xterm gives; the curves
below are samples of its intensity tables. Nothing here knows of palettes or escape sequences.
"""

import math
from bisect import bisect_left
from collections.abc import Callable

from gputerm.vt.functions.color_names import COLOR_NAMES

MAX_SPEC = 64  # The longest legitimate spec is "CIEXYZ:" with three full-precision numbers.

_HEX = frozenset("0123456789abcdefABCDEF")

Vector = tuple[float, float, float]


def parse_color(spec: str) -> int | None:
    """The colour as 0xRRGGBB, or None for anything that isn't one."""
    if not spec or len(spec) > MAX_SPEC or not spec.isascii():
        return None
    if spec[0] == "#":
        return _hash(spec[1:])
    kind, colon, rest = spec.partition(":")
    if not colon:
        return COLOR_NAMES.get(spec.lower().replace(" ", ""))
    parts = rest.split("/")
    if len(parts) != 3:
        return None
    kind = kind.lower()
    if kind == "rgb":
        return _rgb(parts)
    convert = _TO_XYZ.get(kind)
    if convert is None and kind != "rgbi":
        return None
    numbers = _numbers(parts)
    if numbers is None:
        return None
    if convert is None:
        return _device(numbers) if all(0 <= value <= 1 for value in numbers) else None
    try:
        xyz = convert(*numbers)
        if xyz is None or not all(math.isfinite(value) for value in xyz) or not 0 <= xyz[1] <= 1:
            return None
        return _device(_into_gamut(xyz))
    except (ZeroDivisionError, OverflowError, ValueError):  # the last: sums of huge numbers are NaN
        return None


def format_color(color: int) -> str:
    """`rgb:rrrr/gggg/bbbb`, the form of xterm's replies; 0xff becomes ffff."""
    red, green, blue = (f"{color >> shift & 0xFF:02x}" * 2 for shift in (16, 8, 0))
    return f"rgb:{red}/{green}/{blue}"


def _hash(digits: str) -> int | None:
    """#RGB, #RRGGBB, #RRRGGGBBB, #RRRRGGGGBBBB: the digits are the high ones, so #fff is f0f0f0."""
    size, rest = divmod(len(digits), 3)
    if rest or not 1 <= size <= 4 or not _HEX.issuperset(digits):
        return None
    color = 0
    for start in range(0, 3 * size, size):
        color = color << 8 | int(digits[start : start + size].ljust(2, "0")[:2], 16)
    return color


def _rgb(parts: list[str]) -> int | None:
    """rgb:R/G/B with one to four digits each, scaled so that all ones is full intensity."""
    color = 0
    for part in parts:
        if not 1 <= len(part) <= 4 or not _HEX.issuperset(part):
            return None
        color = color << 8 | int(part, 16) * 0xFF // (16 ** len(part) - 1)
    return color


def _numbers(parts: list[str]) -> Vector | None:
    try:
        first, second, third = (float(part) for part in parts)
    except ValueError:
        return None
    if not all(math.isfinite(value) for value in (first, second, third)):
        return None
    return first, second, third


# Xlib's default screen: XYZ to linear RGB, and the chromaticity of its white point.
_MATRIX = (
    (3.4834048, -1.5217637, -0.5592313),
    (-1.0715275, 1.9659380, 0.0367369),
    (0.0635118, -0.2002050, 0.8107094),
)
_WHITE = (0.9496644, 1.0, 1.4060403)
_WHITE_SUM = _WHITE[0] + 15 * _WHITE[1] + 3 * _WHITE[2]
_WHITE_U = 4 * _WHITE[0] / _WHITE_SUM
_WHITE_V = 9 * _WHITE[1] / _WHITE_SUM

# What 8-bit value each gun of that screen needs for an intensity. Below the first sample the guns
# are black up to a floor; between samples the value goes with intensity ** 0.4.
_SAMPLES = (0.00085, 0.0014, 0.003, 0.005, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0)
_GUNS = (
    (9, (9.9, 14.3, 22.8, 29.6, 40.5, 64.0, 103.1, 135.0, 167.9, 193.1, 226.9, 255.0)),
    (19, (20.0, 22.4, 28.1, 33.3, 42.4, 63.2, 99.1, 129.2, 161.2, 186.7, 222.7, 255.0)),
    (14, (14.6, 15.4, 24.2, 30.7, 41.0, 63.0, 99.6, 129.9, 162.0, 187.4, 223.1, 255.0)),
)


def _device(intensities: Vector) -> int:
    """Linear intensities 0-1 as 0xRRGGBB."""
    color = 0
    for intensity, (floor, values) in zip(intensities, _GUNS, strict=True):
        i = bisect_left(_SAMPLES, intensity)
        if i == 0:
            value = floor + (values[0] - floor) * intensity / _SAMPLES[0]
        else:
            low, high = _SAMPLES[i - 1] ** 0.4, _SAMPLES[i] ** 0.4
            share = (intensity**0.4 - low) / (high - low)
            value = values[i - 1] + (values[i] - values[i - 1]) * share
        color = color << 8 | int(value + 0.5)
    return color


def _linear(xyz: Vector) -> Vector:
    x, y, z = xyz
    red, green, blue = (a * x + b * y + c * z for a, b, c in _MATRIX)
    return red, green, blue


def _into_gamut(xyz: Vector) -> Vector:
    """Linear RGB; a colour out of reach loses chroma, not hue or luminance, as TekHVCClipC does."""
    epsilon = 1e-3  # Of what is so near nothing is lost.
    red, green, blue = _linear(xyz)
    if min(red, green, blue) < -epsilon or max(red, green, blue) > 1 + epsilon:
        total = xyz[0] + 15 * xyz[1] + 3 * xyz[2]
        u, v = (4 * xyz[0] / total, 9 * xyz[1] / total) if total else (_WHITE_U, _WHITE_V)
        red, green, blue = _linear(_least_clipped(u - _WHITE_U, v - _WHITE_V, xyz[1]))
    return _unit(red), _unit(green), _unit(blue)


_EPSILON = 1e-9  # of rounding, where white itself is as bright as the screen


def _least_clipped(u: float, v: float, luminance: float) -> Vector:
    """XYZ with as much of the chroma (u, v from white) as the screen can show.

    Along this line X/Y and Z/Y are linear in the chroma divided by v', so where an intensity
    becomes 0 or 1 is a linear equation each.
    """
    chroma = 1.0
    for x, y, z in _MATRIX:
        # The intensity is luminance * (at_white + slope * chroma) / (4 * v').
        at_white = 9 * x * _WHITE_U + 4 * y * _WHITE_V + z * (12 - 3 * _WHITE_U - 20 * _WHITE_V)
        slope = 9 * x * u + 4 * y * v - z * (3 * u + 20 * v)
        for bound in (0.0, 1.0):
            room = 4 * bound * _WHITE_V - luminance * at_white
            change = luminance * slope - 4 * bound * v
            if change and -_EPSILON < (reached := room / change) < chroma:
                chroma = max(reached, 0.0)
    return _from_uv(_WHITE_U + u * chroma, _WHITE_V + v * chroma, luminance)


def _unit(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _from_xyz(x: float, y: float, z: float) -> Vector:
    return x, y, z


def _from_uv(u: float, v: float, luminance: float) -> Vector:
    """CIE 1976 u'v'Y."""
    divisor = 6 * u - 16 * v + 12
    return _from_xy(9 * u / divisor, 4 * v / divisor, luminance)


def _from_xy(x: float, y: float, luminance: float) -> Vector:
    """CIE 1931 xyY."""
    return x * luminance / y, luminance, (1 - x - y) * luminance / y


def _luminance(lightness: float) -> float:
    """Y of CIE L*."""
    return lightness / 903.29 if lightness < 7.99953624 else ((lightness + 16) / 116) ** 3


def _from_lab(lightness: float, a: float, b: float) -> Vector | None:
    """CIE L*a*b* with Xcms's scale: a* and b* are hundredths, and its dark branch is ten times
    too bright."""
    if not 0 <= lightness <= 100:
        return None
    base = (lightness + 16) / 116
    if base**3 < 0.008856:
        dark = lightness / 9.03292
        return _WHITE[0] * (dark + a / 3893.5), dark, _WHITE[2] * (dark - b / 1557.4)
    return _WHITE[0] * (base + a / 5) ** 3, base**3, _WHITE[2] * (base - b / 2) ** 3


def _from_luv(lightness: float, u: float, v: float) -> Vector | None:
    if not 0 <= lightness <= 100:
        return None
    scale = 0.13 * lightness
    u, v = (u / scale, v / scale) if scale else (0.0, 0.0)
    return _from_uv(_WHITE_U + u, _WHITE_V + v, _luminance(lightness))


def _from_hvc(hue: float, value: float, chroma: float) -> Vector | None:
    """Tektronix TekHVC: hue in degrees from "best red" (u' 0.7127, v' 0.4931)."""
    if not 0 <= value <= 100 or chroma < 0:
        return None
    angle = math.atan((0.4931 - _WHITE_V) / (0.7127 - _WHITE_U)) + math.radians(hue)
    radius = chroma / (value * 7.50725) if 0 < value < 100 else 0.0
    return _from_uv(
        _WHITE_U + math.cos(angle) * radius,
        _WHITE_V + math.sin(angle) * radius,
        _luminance(value),
    )


_TO_XYZ: dict[str, Callable[[float, float, float], Vector | None]] = {
    "ciexyz": _from_xyz,
    "cieuvy": _from_uv,
    "ciexyy": _from_xy,
    "cielab": _from_lab,
    "cieluv": _from_luv,
    "tekhvc": _from_hvc,
}
