"""The shipped colours: what must be told apart is so under every colour blindness and in grey.

Differences are Euclidean in CAM02-UCS (Luo, Cui & Li 2006), the viewing conditions those of sRGB; colour blindness is
that of Machado, Oliveira & Fernandes (2009) at full severity; L* is CIE's lightness.
"""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest

from geo.view.assets import read_asset

TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = TO_XYZ.sum(axis=1) * 100
CAT02 = np.array([[0.7328, 0.4296, -0.1624], [-0.7036, 1.6975, 0.0061], [0.0030, 0.0136, 0.9834]])
HPE = np.array([[0.38971, 0.68898, -0.07868], [-0.22981, 1.18340, 0.04641], [0, 0, 1]])
BACKGROUND, ADAPTING = 0.2, 64 / np.pi / 5  # as a share of white; cd/m²
SEEN = {
    "all colours": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def tokens(theme: str) -> dict[str, str]:
    """The colours of a theme; what the dark one leaves as it is, it has from the light one."""
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))
        for block in re.findall(r"^\.shekara(?:\.dark)? \{(.*?)^\}", read_asset("tokens.css"), re.MULTILINE | re.DOTALL)
    )
    return light if theme == "light" else light | dark


def linear(colour: str) -> np.ndarray:
    """Linear sRGB, shape (3,)."""
    share = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lightness(colour: str) -> float:
    """L* of a colour: what is left of it in grey."""
    y = float(TO_XYZ[1] @ linear(colour))
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def in_ucs(colour: str, sight: str) -> np.ndarray:
    """Lightness and the two axes of colour of a colour as somebody sees it, shape (3,)."""
    shown = np.clip(np.asarray(SEEN[sight]) @ linear(colour), 0, 1)
    degree = 1 - np.exp((-ADAPTING - 42) / 92) / 3.6
    k = 1 / (5 * ADAPTING + 1)
    level = 0.2 * k**4 * 5 * ADAPTING + 0.1 * (1 - k**4) ** 2 * (5 * ADAPTING) ** (1 / 3)
    n_bb, z = 0.725 * BACKGROUND**-0.2, 1.48 + BACKGROUND**0.5
    gain = degree * 100 / (CAT02 @ WHITE) + 1 - degree

    def response(xyz: np.ndarray) -> np.ndarray:
        cone = (level * HPE @ np.linalg.solve(CAT02, gain * (CAT02 @ xyz)) / 100) ** 0.42
        return 400 * cone / (27.13 + cone) + 0.1

    def achromatic(r: np.ndarray) -> float:
        return float((2 * r[0] + r[1] + r[2] / 20 - 0.305) * n_bb)

    r = response(np.maximum(TO_XYZ @ shown * 100, 0))
    a, b = r[0] - 12 * r[1] / 11 + r[2] / 11, (r[0] + r[1] - 2 * r[2]) / 9
    hue = np.arctan2(b, a)
    j = 100 * (achromatic(r) / achromatic(response(WHITE))) ** (0.69 * z)
    eccentricity = 50000 / 13 * n_bb * (np.cos(hue + 2) + 3.8) / 4
    t = eccentricity * np.hypot(a, b) / (r[0] + r[1] + 21 * r[2] / 20)
    colourfulness = t**0.9 * (j / 100) ** 0.5 * (1.64 - 0.29**BACKGROUND) ** 0.73 * level**0.25
    m = np.log1p(0.0228 * colourfulness) / 0.0228
    return np.array([1.7 * j / (1 + 0.007 * j), m * np.cos(hue), m * np.sin(hue)])


def apart(one: str, other: str, sight: str) -> float:
    return float(np.linalg.norm(in_ucs(one, sight) - in_ucs(other, sight)))


def test_the_space_is_that_of_known_colours() -> None:
    # By colorspacious 1.1.2: cspace_convert(…, "sRGB255", "CAM02-UCS").
    assert in_ucs("#ffffff", "all colours") == pytest.approx([99.999, -1.912, -1.151], abs=0.02)
    assert in_ucs("#ff0000", "all colours") == pytest.approx([60.048, 38.689, 24.319], abs=0.02)
    assert in_ucs("#a05f28", "all colours") == pytest.approx([50.531, 12.190, 19.446], abs=0.02)
    assert lightness("#777777") == pytest.approx(50, abs=0.6)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sight", SEEN)
def test_the_discs_of_the_five_first_stand_out_on_land(theme: str, sight: str) -> None:
    colour = tokens(theme)
    assert apart(colour["ink"], colour["land"], sight) >= 76
    assert apart(colour["ink"], colour["page"], sight) >= 76  # the figure on its disc


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("sight", "least"), [("deuteranopia", 13.6), ("protanopia", 14.7), ("tritanopia", 14.5), ("all colours", 14.7)]
)
def test_the_steps_of_the_line_stay_apart(theme: str, sight: str, least: float) -> None:
    ramp = [tokens(theme)[f"ramp-{step}"] for step in range(5)]
    assert min(apart(one, two, sight) for one, two in pairwise(ramp)) >= least


def test_in_grey_the_line_darkens_step_by_step() -> None:
    light = [lightness(tokens("light")[f"ramp-{step}"]) for step in range(5)]
    assert light == pytest.approx([73, 63, 48, 30, 13], abs=0.7)
    dark = [lightness(tokens("dark")[f"ramp-{step}"]) for step in range(5)]
    assert min(np.diff(dark)) >= 6
    assert abs(lightness(tokens("light")["ink"]) - lightness(tokens("light")["land"])) >= 76
