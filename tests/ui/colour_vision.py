"""How a colour looks to seven kinds of eyes, and how far apart two colours look: plain arithmetic, no Qt.

Sources: WCAG 2.2 (contrast), Machado, Oliveira and Fernandes 2009 at severity 1.0, Brettel, Viénot and Mollon
1997 with the constants of libDaltonLens, CIEDE2000 on D65 L*a*b*.
"""

from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]

MACHADO: dict[str, Matrix] = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# two half planes, and the normal of the plane between them
BRETTEL: dict[str, tuple[Matrix, Matrix, Triple]] = {
    "protan": (
        ((0.14980, 1.19548, -0.34528), (0.10764, 0.84864, 0.04372), (0.00384, -0.00540, 1.00156)),
        ((0.14570, 1.16172, -0.30742), (0.10816, 0.85291, 0.03892), (0.00386, -0.00524, 1.00139)),
        (0.00048, 0.00393, -0.00441),
    ),
    "deutan": (
        ((0.36477, 0.86381, -0.22858), (0.26294, 0.64245, 0.09462), (-0.02006, 0.02728, 0.99278)),
        ((0.37298, 0.88166, -0.25464), (0.25954, 0.63506, 0.10540), (-0.01980, 0.02784, 0.99196)),
        (-0.00281, -0.00611, 0.00892),
    ),
    "tritan": (
        ((1.01277, 0.13548, -0.14826), (-0.01243, 0.86812, 0.14431), (0.07589, 0.80500, 0.11911)),
        ((0.93678, 0.18979, -0.12657), (0.06154, 0.81526, 0.12320), (-0.37562, 1.12767, 0.24796)),
        (0.03901, -0.02788, -0.01113),
    ),
}
VIEWS = ("normal", *(f"{kind} {model}" for model in ("Machado", "Brettel") for kind in MACHADO))


def linear(colour: str) -> Triple:
    """'#RRGGBB' as linear light, 0 to 1."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return (_to_linear(red), _to_linear(green), _to_linear(blue))


def contrast(one: str, other: str) -> float:
    low, high = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (linear(one), linear(other)))
    return (high + 0.05) / (low + 0.05)


def seen(rgb: Triple, view: str) -> Triple:
    """A linear colour as the eyes of that view have it, clipped to what a screen can show."""
    if view == "normal":
        return rgb
    kind, model = view.split()
    if model == "Machado":
        matrix = MACHADO[kind]
    else:
        first, second, normal = BRETTEL[kind]
        matrix = first if _dot(normal, rgb) >= 0 else second
    red, green, blue = (min(max(_dot(row, rgb), 0.0), 1.0) for row in matrix)
    return (red, green, blue)


def distance(one: str, other: str, view: str = "normal") -> float:
    """CIEDE2000 between two colours as that view sees them."""
    return delta_e00(lab(seen(linear(one), view)), lab(seen(linear(other), view)))


def lab(rgb: Triple) -> Triple:
    x = _dot((0.4124564, 0.3575761, 0.1804375), rgb) / 0.95047
    y = _dot((0.2126729, 0.7151522, 0.0721750), rgb)
    z = _dot((0.0193339, 0.1191920, 0.9503041), rgb) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in (x, y, z))
    return (116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz))


def delta_e00(one: Triple, other: Triple) -> float:
    (l1, a1, b1), (l2, a2, b2) = one, other
    c7 = ((hypot(a1, b1) + hypot(a2, b2)) / 2) ** 7
    g = 0.5 * (1 - sqrt(c7 / (c7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = degrees(atan2(b1, a1)) % 360, degrees(atan2(b2, a2)) % 360
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dh = 2 * sqrt(c1 * c2) * sin(radians(turn) / 2)
    lm, cm = (l1 + l2) / 2, (c1 + c2) / 2
    hm = h1 + h2 if c1 * c2 == 0 else (h1 + h2 + (360 if abs(h1 - h2) > 180 else 0)) / 2 % 360
    t = (
        1 - 0.17 * cos(radians(hm - 30)) + 0.24 * cos(radians(2 * hm))
        + 0.32 * cos(radians(3 * hm + 6)) - 0.20 * cos(radians(4 * hm - 63))
    )  # fmt: skip
    sl = 1 + 0.015 * (lm - 50) ** 2 / sqrt(20 + (lm - 50) ** 2)
    sc, sh = 1 + 0.045 * cm, 1 + 0.015 * cm * t
    rt = -2 * sqrt(cm**7 / (cm**7 + 25**7)) * sin(radians(60 * exp(-(((hm - 275) / 25) ** 2))))
    dl, dc, dhs = (l2 - l1) / sl, (c2 - c1) / sc, dh / sh
    return sqrt(dl * dl + dc * dc + dhs * dhs + rt * dc * dhs)


def _to_linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _dot(row: Triple, rgb: Triple) -> float:
    return row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2]
