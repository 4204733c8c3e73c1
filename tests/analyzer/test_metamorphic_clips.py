"""What must change in the analysis when a clip changes, and what must not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from bench.accuracy.sounds import mix, voice
from services.analyzer.analysis import analyze
from services.analyzer.engines import default_engines
from services.analyzer.engines.base import Engine
from shared.contracts.analysis import Analysis, EngineName
from shared.contracts.spans import Interval
from tests.analyzer.clips import RATE, Picture, Sound, lettered, portrait, solid, texture, tone, write_clip

FPS, SHOT = 20, 40
SIZE = {"width": 360, "height": 640}


def _pictures() -> list[Picture]:
    """A face for 2 s, a text for 2 s, something that moves for 2 s; a sticker from 3 s on."""
    ground = texture(2, width=560, height=840)
    return [
        *[portrait(shift=k) for k in range(SHOT)],
        *[text := lettered(texture(1, **SIZE), "50% OFF TODAY")] * (SHOT // 2),
        *[_sticker(text)] * (SHOT // 2),
        *[_sticker(ground[3 * k : 3 * k + 640, 50:410]) for k in range(SHOT)],
    ]


def _sticker(picture: Picture) -> Picture:
    out = picture.copy()
    arrow = np.array([(20, 550), (70, 550), (70, 525), (110, 565), (70, 605), (70, 580), (20, 580)])
    cv2.fillPoly(out, [arrow], (40, 200, 250), cv2.LINE_AA)
    cv2.polylines(out, [arrow], isClosed=True, color=(255, 255, 255), thickness=4, lineType=cv2.LINE_AA)
    return out


def _sound(seconds: float) -> Sound:
    """A voice from 1 to 4 s, over a tone that ends with the pictures at 6 s."""
    spoken = voice(np.random.default_rng(1), 6.0, 150.0)[0].copy()
    spoken[:RATE] = spoken[4 * RATE :] = 0
    whole = np.zeros(round(seconds * RATE), np.float32)
    whole[: 6 * RATE] = mix((spoken, 0), (tone(300, 6.0), -20))
    return whole


def _watch(path: Path, pictures: Sequence[Picture], **more: Any) -> Analysis:
    return analyze(write_clip(path, pictures, fps=Fraction(FPS), sound=_sound(len(pictures) / FPS), **more))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    return _watch(tmp_path_factory.mktemp("original") / "v.mp4", _pictures())


def _cuts(analysis: Analysis) -> list[float]:
    return [shot.start_s for shot in analysis.scenes or ()][1:]


def _texts(analysis: Analysis) -> list[tuple[str, float, float]]:
    """What was put on the video: the badge in the portrait is read as a letter, and told apart as lettering of the scene."""
    return [(text.text, text.start_s, text.end_s) for text in analysis.text or () if text.kind != "scene"]


def _face_times(analysis: Analysis) -> list[float]:
    assert analysis.people
    return sorted({face.t_s for face in analysis.people.faces})


def _face_share(analysis: Analysis) -> float:
    assert analysis.people
    return len(_face_times(analysis)) / len(analysis.people.sampled_s)


def _spans(found: Sequence[Interval] | None) -> list[float]:
    assert found is not None, "the engine ran"
    return [t_s for one in found for t_s in (one.start_s, one.end_s)]


def _same_sound(one: Analysis, other: Analysis) -> None:
    """Speech to two windows of the detector; levels, as far as both go, and loudness to a fraction of a decibel."""
    assert _spans(one.speech) == pytest.approx(_spans(other.speech), abs=0.07)
    assert one.audio
    assert other.audio
    steps = min(len(one.audio.level_db), len(other.audio.level_db))
    assert one.audio.level_db[:steps] == pytest.approx(other.audio.level_db[:steps], abs=0.5)
    assert one.audio.integrated_lufs == pytest.approx(other.audio.integrated_lufs, abs=0.2)


def _people(analysis: Analysis) -> int:
    assert analysis.people
    assert analysis.people.tracks is not None
    return len(analysis.people.tracks)


def _same_events(one: Analysis, other: Analysis) -> None:
    """Cuts to the frame, texts and graphics to the sample, as many people, a face over the same stretch, the same sound."""
    _same_sound(one, other)
    assert _people(one) == _people(other)
    assert _spans(one.graphics) == pytest.approx(_spans(other.graphics), abs=0.5)
    assert [graphic.kind for graphic in one.graphics or ()] == [graphic.kind for graphic in other.graphics or ()]
    assert _cuts(one) == pytest.approx(_cuts(other), abs=1.5 / FPS)
    assert [text for text, _, _ in _texts(one)] == [text for text, _, _ in _texts(other)]
    for (_, start, end), (_, since, to) in zip(_texts(one), _texts(other), strict=True):
        assert (start, end) == (pytest.approx(since, abs=0.5), pytest.approx(to, abs=0.5))
    assert _face_times(one)[-1] == pytest.approx(_face_times(other)[-1], abs=0.7)


def test_the_original_is_as_it_was_made(original: Analysis) -> None:
    assert _cuts(original) == pytest.approx([2.0, 4.0], abs=1.5 / FPS)
    assert [text for text, _, _ in _texts(original)] == ["50% OFF TODAY"]
    assert _spans(original.speech)[:: 2 * len(original.speech or ()) - 1] == pytest.approx([1.0, 4.0], abs=0.25)
    assert _spans(original.graphics) == pytest.approx([3.0, 6.0], abs=0.3)
    assert _people(original) == 1
    assert _face_times(original)[0] == 0.0
    assert _face_times(original)[-1] < 2.0


@pytest.mark.slow
def test_another_encoding_is_the_same_video(original: Analysis, tmp_path: Path) -> None:
    coarse = {"preset": "veryfast", "crf": "30", "bf": "3", "g": "250"}
    _same_events(original, _watch(tmp_path / "v.mp4", _pictures(), encoder=coarse))


@pytest.mark.slow
@pytest.mark.parametrize("size", [(540, 960), (240, 426)])
def test_scale_changes_no_event_and_no_box(size: tuple[int, int], original: Analysis, tmp_path: Path) -> None:
    scaled = [np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8) for picture in _pictures()]
    analysis = _watch(tmp_path / "v.mp4", scaled)
    _same_events(original, analysis)
    tops = [[text.box.y for text in seen.text or () if text.kind != "scene"] for seen in (original, analysis)]
    assert tops[0] == pytest.approx(tops[1], abs=0.03)
    assert analysis.people
    assert original.people
    assert analysis.people.faces[0].box.width == pytest.approx(original.people.faces[0].box.width, abs=0.05)


@pytest.mark.slow
def test_a_mirrored_face_looks_the_other_way_and_cuts_stay(original: Analysis, tmp_path: Path) -> None:
    mirrored = _watch(tmp_path / "v.mp4", [np.ascontiguousarray(picture[:, ::-1]) for picture in _pictures()])
    assert _cuts(mirrored) == pytest.approx(_cuts(original), abs=1.5 / FPS)
    assert mirrored.people
    assert original.people
    pairs = list(zip(mirrored.people.faces, original.people.faces, strict=False))
    assert len(pairs) >= 4
    for one, other in pairs:
        assert one.box.x + one.box.width / 2 == pytest.approx(1 - other.box.x - other.box.width / 2, abs=0.05)
    yaws = [(one.yaw_deg, other.yaw_deg) for one, other in pairs if one.yaw_deg is not None and other.yaw_deg is not None]
    assert np.mean([one for one, _ in yaws]) == pytest.approx(-np.mean([other for _, other in yaws]), abs=6)
    assert [text for text, _, _ in _texts(mirrored)] != ["50% OFF TODAY"]
    _same_sound(mirrored, original)
    assert _people(mirrored) == _people(original)
    places = [[one.box.x + one.box.width / 2 for one in analysis.graphics or ()] for analysis in (mirrored, original)]
    assert places[0] == pytest.approx([1 - x for x in places[1]], abs=0.03)


@pytest.mark.slow
def test_one_more_cut_is_one_more_cut(original: Analysis, tmp_path: Path) -> None:
    pictures = _pictures()
    pictures[-SHOT // 2 :] = [texture(9, **SIZE)] * (SHOT // 2)
    analysis = _watch(tmp_path / "v.mp4", pictures)
    assert _cuts(analysis) == pytest.approx([*_cuts(original), 5.0], abs=1.5 / FPS)
    assert _texts(analysis) == _texts(original)
    assert _people(analysis) == _people(original)
    assert _spans(analysis.graphics) == pytest.approx([3.0, 5.0], abs=0.3), "the sticker is not in the new shot"
    _same_sound(analysis, original)


@pytest.mark.slow
def test_black_at_the_end_adds_time_and_nothing_else(original: Analysis, tmp_path: Path) -> None:
    analysis = _watch(tmp_path / "v.mp4", [*_pictures(), *[solid((0, 0, 0), **SIZE)] * SHOT])
    assert analysis.video.duration_s == pytest.approx(original.video.duration_s + SHOT / FPS, abs=0.01)
    assert _cuts(analysis) == pytest.approx([*_cuts(original), 6.0], abs=1.5 / FPS)
    assert [text for text, _, _ in _texts(analysis)] == [text for text, _, _ in _texts(original)]
    assert _face_times(analysis)[-1] < 2.0
    assert _people(analysis) == _people(original)
    assert _spans(analysis.graphics) == pytest.approx(_spans(original.graphics), abs=0.5)
    _same_sound(analysis, original)
    assert analysis.visuals
    assert analysis.visuals[-1].brightness == pytest.approx(0.0, abs=0.02)


class Denser:
    """An engine that looks twice as often."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.spec = replace(engine.spec, parameters={**engine.spec.parameters, "denser": 2})
        self.feed, self.rate_hz = engine.feed, 2 * engine.rate_hz
        self.load, self.start = engine.load, engine.start


def _denser() -> Iterator[Engine]:
    return (Denser(engine) for engine in default_engines())


@pytest.mark.slow
def test_looking_twice_as_often_finds_the_same_events(original: Analysis, tmp_path: Path) -> None:
    path = write_clip(tmp_path / "v.mp4", _pictures(), fps=Fraction(FPS), sound=_sound(6.0))
    analysis = analyze(path, engines=tuple(_denser()))
    _same_events(original, analysis)
    for name in (EngineName.TEXT, EngineName.PEOPLE, EngineName.VISUALS):
        before, after = original.engines[name].coverage, analysis.engines[name].coverage
        assert before
        assert after
        assert after.samples > 1.8 * before.samples
    assert _face_share(analysis) == pytest.approx(_face_share(original), abs=0.08)
