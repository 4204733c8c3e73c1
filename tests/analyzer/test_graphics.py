"""Graphics: what is put on the video is told from the scene by what stays, pops up and leaves; lettering is none."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest

from services.analyzer.counters import Counters
from services.analyzer.engines.graphics import GraphicsEngine
from services.analyzer.engines.graphics.engine import GraphicsSession
from services.analyzer.engines.graphics.evidence import Evidence
from services.analyzer.engines.graphics.proposals import propose, small
from services.analyzer.engines.graphics.tracks import begin
from services.analyzer.frames import Frame
from services.analyzer.settings import EngineSettings
from shared.contracts.analysis import VideoInfo
from tests.analyzer.clips import Picture, lettered, write_clip

FPS = Fraction(10)
WIDTH, HEIGHT = 360, 640


def _ground(seed: int = 3) -> Picture:
    """Textured, larger than the frame by 200 pixels."""
    noise = np.random.default_rng(seed).integers(30, 226, (70, 50, 3), np.uint8)
    return np.asarray(cv2.resize(noise, (WIDTH + 200, HEIGHT + 200), interpolation=cv2.INTER_CUBIC), np.uint8)


def _seen(ground: Picture, shift: int) -> Picture:
    return ground[shift : shift + HEIGHT, 50 : 50 + WIDTH].copy()


def _sticker(picture: Picture, x: int = 220, y: int = 180) -> Picture:
    out = picture.copy()
    cv2.circle(out, (x, y), 40, (255, 255, 255), -1, cv2.LINE_AA)
    cv2.circle(out, (x, y), 35, (40, 200, 250), -1, cv2.LINE_AA)
    for at in (x - 13, x + 13):
        cv2.circle(out, (at, y - 10), 6, (40, 40, 60), -1, cv2.LINE_AA)
    return out


def _photo(picture: Picture) -> Picture:
    out = picture.copy()
    out[240:440, 60:300] = cv2.resize(_ground(9), (240, 200))
    return out


def _clip(put: Callable[[Picture], Picture], speed: int, shown: range, *, frames: int = 80) -> Iterator[Picture]:
    ground = _ground()
    for k in range(frames):
        picture = _seen(ground, speed * k)
        yield put(picture) if k in shown else picture


@pytest.mark.parametrize("speed", [0, 2])
@pytest.mark.parametrize(("put", "kind", "middle"), [(_sticker, "sticker", (0.61, 0.28)), (_photo, "insert", (0.5, 0.53))])
def test_a_graphic_is_found_with_its_times_and_place(
    put: Callable[[Picture], Picture],
    kind: str,
    middle: tuple[float, float],
    speed: int,
    tmp_path: Path,
    watch: Callable[..., Any],
) -> None:
    path = write_clip(tmp_path / "v.mp4", _clip(put, speed, range(20, 60)), fps=FPS)
    analysis, counters = watch(path, "graphics")
    [found] = analysis.graphics
    assert found.kind == kind
    assert (found.start_s, found.end_s) == pytest.approx((2.0, 6.0), abs=0.3)
    assert (found.box.x + found.box.width / 2, found.box.y + found.box.height / 2) == pytest.approx(middle, abs=0.03)
    assert 0.7 <= found.confidence < 1
    assert counters.handed["graphics"] == analysis.engines["graphics"].coverage.samples == 17
    assert counters.calls["graphics.detector"] <= 2, "only what was put on is looked at for lettering"


def test_it_does_not_reach_into_an_end_that_was_lost(tmp_path: Path, watch: Callable[..., Any]) -> None:
    pictures = list(_clip(_sticker, 2, range(20, 80)))
    info = watch(write_clip(tmp_path / "v.mp4", pictures, fps=FPS), "visuals")[0].video
    engine = GraphicsEngine(EngineSettings())
    session = engine.start(info, Counters())
    for k in range(0, len(pictures) - 10, 5):
        session.process(Frame(k, k / float(FPS), pictures[k]))
    [found] = session.finish().graphics or ()
    assert (found.start_s, found.end_s) == pytest.approx((2.0, 6.75), abs=0.3)


def test_mirrored_it_is_found_on_the_other_side(tmp_path: Path, watch: Callable[..., Any]) -> None:
    pictures = list(_clip(_sticker, 2, range(20, 60)))
    found = []
    for name, shown in (("a", pictures), ("b", [np.ascontiguousarray(p[:, ::-1]) for p in pictures])):
        analysis, _ = watch(write_clip(tmp_path / f"{name}.mp4", shown, fps=FPS), "graphics")
        found += analysis.graphics
    one, other = found
    assert 1 - other.box.x - other.box.width == pytest.approx(one.box.x, abs=0.03)
    assert (other.start_s, other.end_s, other.kind) == (one.start_s, one.end_s, one.kind)


def test_it_stays_over_a_cut_and_longer_means_surer(tmp_path: Path, watch: Callable[..., Any]) -> None:
    grounds = [_ground(k) for k in (3, 4, 5)]
    pictures = [_sticker(_seen(grounds[k // 20], 2 * k)) for k in range(60)]
    analysis, _ = watch(write_clip(tmp_path / "v.mp4", pictures, fps=FPS), "graphics")
    [found] = analysis.graphics
    assert (found.start_s, found.end_s) == (0.0, analysis.video.duration_s)
    short, long = Evidence(3, 3, 0, 1, calm=True), Evidence(10, 10, 0, 1, calm=True)
    assert short.decides
    assert short.confidence < long.confidence < 1


def _things(speed: int) -> Iterator[Picture]:
    """A scene with the same sticker painted on it, and lettering on a plate."""
    ground = _sticker(_ground(), 220, 400)
    for k in range(60):
        picture = _seen(ground, speed * k)
        yield lettered(picture, "FREE SHIPPING", y=0.2) if 15 <= k < 45 else picture


@pytest.mark.parametrize("speed", [0, 2])
def test_things_in_the_scene_and_lettering_are_no_graphics(speed: int, tmp_path: Path, watch: Callable[..., Any]) -> None:
    analysis, _ = watch(write_clip(tmp_path / "v.mp4", _things(speed), fps=FPS), "graphics")
    assert (analysis.graphics, analysis.engines["graphics"].status) == ((), "empty")


def test_where_nothing_moves_nothing_is_proposed_and_a_track_ends_when_its_look_does() -> None:
    ground = _ground()
    bare, put = small(_seen(ground, 0)), small(_sticker(_seen(ground, 0)))
    assert propose(put, put) == []
    [proposal] = propose(bare, put)
    track = begin(proposal, put.picture, 1)
    assert track.follow(put.picture)
    assert not track.follow(bare.picture)
    assert (track.first, track.last) == (1, 2)


def test_evidence_needs_more_than_two_moments_and_a_calm_look_where_nothing_moves() -> None:
    assert not Evidence(asked=0, stays=0, along=0, ends=2, calm=True).decides
    assert Evidence(asked=0, stays=0, along=0, ends=3, calm=True).decides
    assert not Evidence(asked=0, stays=0, along=0, ends=3, calm=False).decides
    assert not Evidence(asked=20, stays=8, along=0, ends=1, calm=True).decides, "most moments say nothing for it"
    assert not Evidence(asked=8, stays=4, along=2, ends=1, calm=True).decides


def test_the_detector_is_shared_with_the_text_engine() -> None:
    engine = GraphicsEngine(EngineSettings())
    assert {path.name for path in engine.spec.weights} == {"PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"}
    assert engine._choice.make() is engine._choice.make()


def test_the_detector_gives_its_memory_back_after_each_video() -> None:
    """Whoever of the two engines ends last: the other one's call may come before this one looks for lettering."""
    given_back: list[str] = []
    reader: Any = SimpleNamespace(release=lambda: given_back.append("memory"))
    video = VideoInfo(sha256="0" * 64, duration_s=1, fps=10, width=64, height=64, frames=10, has_audio=False, codec="h264")
    assert GraphicsSession(GraphicsEngine(EngineSettings()).spec, video, Counters(), reader).finish().graphics == ()
    assert given_back == ["memory"]
