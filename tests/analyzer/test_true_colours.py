"""Colours as the video means them: by its tagged or guessed matrix, and HDR as an SDR screen shows it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import av
import numpy as np
import pytest

from services.analyzer.decode import frames
from services.analyzer.frames import shared_frame
from services.analyzer.probe import Geometry, probe

SHOWN = [(0, 200, 0), (200, 30, 30), (20, 40, 220), (255, 0, 0), (128, 128, 128), (255, 255, 255)]
"""RGB."""
WEIGHTS = {"bt601": (0.299, 0.114), "bt709": (0.2126, 0.0722), "bt2020": (0.2627, 0.0593)}
TAGS = {"bt601": "smpte170m", "bt709": "bt709", "bt2020": "bt2020nc", None: "undef"}


def _ycbcr(rgb: tuple[float, ...], matrix: str, bits: int) -> list[int]:
    """Limited range, by the definition in BT.601, BT.709 and BT.2020."""
    (kr, kb), (r, g, b) = WEIGHTS[matrix], (value / 255 for value in rgb)
    y = kr * r + (1 - kr - kb) * g + kb * b
    scale = 2 ** (bits - 8)
    cb, cr = (b - y) / (2 - 2 * kb), (r - y) / (2 - 2 * kr)
    return [round(scale * value) for value in (16 + 219 * y, 128 + 224 * cb, 128 + 224 * cr)]


def _clip(
    path: Path,
    rgbs: list[tuple[float, ...]],
    matrix: str,
    tag: str | None,
    size: tuple[int, int] = (96, 160),
    transfer: str = "undef",
) -> Path:
    """One plain frame of each colour, coded with one matrix and tagged with another or none; HDR in 10 bit."""
    width, height = size
    bits = 8 if transfer == "undef" else 10
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p" if bits == 8 else "yuv420p10le"
        stream.options = {"crf": "1", "preset": "ultrafast", "x264-params": f"colormatrix={TAGS[tag]}:transfer={transfer}"}
        for k, rgb in enumerate(rgbs):
            y, cb, cr = _ycbcr(rgb, matrix, bits)
            kind: Any = np.uint8 if bits == 8 else np.uint16
            planes = np.concatenate(
                [np.full(height * width, y), np.full(height * width // 4, cb), np.full(height * width // 4, cr)]
            )
            frame = av.VideoFrame.from_ndarray(planes.astype(kind).reshape(-1, width), format=stream.pix_fmt)
            frame.pts = k
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def _seen(path: Path) -> list[tuple[int, ...]]:
    """The middle pixel of each frame, RGB."""
    probed = probe(path)
    shared = [shared_frame(k, t_s, frame, probed.geometry) for k, (t_s, frame) in enumerate(frames(probed))]
    pictures = [frame.image if frame.colours is None else frame.colours for frame in shared]
    return [tuple(int(v) for v in picture[picture.shape[0] // 2, picture.shape[1] // 2][::-1]) for picture in pictures]


@pytest.mark.parametrize(
    ("matrix", "tag", "size"),
    [
        ("bt601", "bt601", (96, 160)),
        ("bt601", "bt601", (720, 1280)),
        ("bt709", "bt709", (96, 160)),
        ("bt709", "bt709", (720, 1280)),
        ("bt2020", "bt2020", (96, 160)),
        ("bt601", None, (320, 576)),
        ("bt709", None, (720, 1280)),
        ("bt709", None, (1280, 720)),
    ],
)
def test_colours_are_those_of_the_matrix(matrix: str, tag: str | None, size: tuple[int, int], tmp_path: Path) -> None:
    path = _clip(tmp_path / "v.mp4", list(SHOWN), matrix, tag, size)
    assert np.abs(np.array(_seen(path)) - SHOWN).max() <= 3


def test_a_frame_of_rgb_needs_no_tag() -> None:
    frame = av.VideoFrame.from_ndarray(np.full((1280, 720, 3), (10, 200, 90), np.uint8), format="rgb24")
    shared = shared_frame(0, 0.0, frame, Geometry(720, 1280, 0))
    assert shared.colours is None
    assert np.abs(shared.image[100, 100].astype(int) - (90, 200, 10)).max() <= 3


def test_a_turned_frame_s_colours_are_turned_with_it(tmp_path: Path) -> None:
    probed = probe(_clip(tmp_path / "v.mkv", [(0, 200, 0)], "bt709", "bt709"))
    _, frame = next(frames(probed))
    turns: tuple[Literal[90, 270], ...] = (90, 270)
    for rotation in turns:
        turned = Geometry(160, 96, rotation)
        colours = shared_frame(0, 0.0, frame, turned).colours
        assert colours is not None
        assert colours.shape[:2] == (96, 160)


def test_visuals_report_the_true_colours(tmp_path: Path, watch: Callable[..., Any]) -> None:
    path = _clip(tmp_path / "v.mp4", [(200, 30, 30)] * 5, "bt709", "bt709")
    sample = watch(path, "visuals")[0].visuals[0]
    ((rgb, _),) = sample.palette
    assert np.abs(np.array([int(rgb[k : k + 2], 16) for k in (1, 3, 5)]) - (200, 30, 30)).max() <= 3
    assert sample.saturation == pytest.approx(1 - 30 / 200, abs=0.03)
    assert sample.warmth == pytest.approx(0.5 + 170 / 510, abs=0.01)


def _pq(nits: float) -> float:
    """SMPTE ST 2084, forwards."""
    power = (nits / 10_000) ** (2610 / 16384)
    return float(((3424 / 4096 + 2413 / 128 * power) / (1 + 2392 / 128 * power)) ** (2523 / 32))


@pytest.mark.parametrize(("transfer", "white"), [("smpte2084", _pq(203)), ("arib-std-b67", 0.75)])
def test_hdr_keeps_greys_grey_paper_white_bright_and_order(transfer: str, white: float, tmp_path: Path) -> None:
    signals = [0.0, 0.5 * white, white, 0.9]
    path = _clip(tmp_path / "v.mkv", [(255 * s,) * 3 for s in signals], "bt2020", "bt2020", transfer=transfer)
    seen = np.array(_seen(path))
    assert np.ptp(seen, axis=1).max() <= 3
    levels = seen[:, 1].tolist()
    assert levels[0] <= 3
    assert levels == sorted(set(levels))
    assert levels[2] == pytest.approx(234, abs=4), "0.816 of full light at a gamma of 2.4"
    assert levels[3] > 245


def test_an_hdr_colour_within_bt709_comes_back(tmp_path: Path) -> None:
    wanted = np.array([150, 60, 40])
    to_2020 = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])  # BT.2087
    light = to_2020 @ (wanted / 255) ** 2.4
    path = _clip(tmp_path / "v.mkv", [tuple(255 * _pq(203 * v) for v in light)], "bt2020", "bt2020", transfer="smpte2084")
    assert np.abs(np.array(_seen(path)[0]) - wanted).max() <= 4
