"""Real and generated videos whose answers are known, read in place."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.analyzer.engines.text.linking import text_ratio
from shared.contracts.spans import Interval

Watch = Callable[..., Any]


def _cuts(analysis: Any) -> list[float]:
    return [shot.start_s for shot in analysis.scenes][1:]


def _truth(path: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(path.with_suffix(".json").read_text())
    return truth


def test_the_golden_cuts_of_pyscenedetect(shared_data: Path, watch: Watch) -> None:
    """Its frames are 30, 180, 394 and 691; seen by eye the last two are fades, and three more joins are gradual."""
    analysis, _ = watch(shared_data / "video" / "cuts_testvideo.mp4", "scenes")
    joins = [(shot.opens_with, round(shot.start_s * 30000 / 1001)) for shot in analysis.scenes[1:]]
    assert joins == [
        ("cut", 30), ("cut", 180), ("fade", 212), ("fade", 359), ("fade", 395), ("dissolve", 543), ("fade", 692),
    ]  # fmt: skip


def test_cuts_between_stills(shared_data: Path, watch: Watch) -> None:
    analysis, _ = watch(shared_data / "video" / "vertical_captions_voice.mp4", "scenes")
    assert _cuts(analysis) == pytest.approx([2.7, 5.37, 8.03, 10.7, 13.37, 16.07, 18.73], abs=0.01)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["clip15", "talk20"])
def test_generated_clips_with_exact_truth(name: str, shared_data: Path, watch: Watch) -> None:
    path = shared_data / "video" / "generated" / f"{name}.mp4"
    truth = _truth(path)
    analysis, counters = watch(path, "scenes", "text", "speech", "people")
    assert _cuts(analysis) == pytest.approx(truth["cuts"], abs=0.001)
    assert counters.frames_decoded == truth["frames"]
    for text in truth["texts"]:
        read = max(analysis.text, key=lambda overlay: text_ratio(overlay.text, text["text"]))
        assert text_ratio(read.text, text["text"]) > 0.85, text["text"]
        assert read.start_s == pytest.approx(text["start"], abs=0.5)
        assert read.end_s == pytest.approx(text["end"], abs=0.5)
    assert _shared(analysis.speech, truth["speech"]) > 0.9 * sum(s["end"] - s["start"] for s in truth["speech"])
    assert len(analysis.speech) == len(truth["speech"])
    assert _faces_found(analysis.people, json.loads(path.with_suffix(".frames.json").read_text())) > 0.8


def test_real_speech_is_heard(shared_data: Path, watch: Watch) -> None:
    analysis, _ = watch(shared_data / "video" / "lectern_speech.mp4", "speech", "audio")
    assert sum(s.length_s for s in analysis.speech) > 0.6 * analysis.video.duration_s
    assert -40 < analysis.audio.integrated_lufs < -5


def _faces_found(people: Any, frames: list[dict[str, Any]]) -> float:
    """The share of sampled frames with one annotated face of at least 100 pixels in which a face lies there."""
    truth = {round(frame["t"], 2): frame["faces"] for frame in frames}
    single = [t for t in people.sampled_s if len(truth[round(t, 2)]) == 1 and _width(truth[round(t, 2)][0]) >= 100]
    found = [t for t in single if any(_inside(face, truth[round(t, 2)][0]) for face in people.faces if face.t_s == t)]
    return len(found) / len(single)


def _width(box: list[float]) -> float:
    return box[2] - box[0]


def _shared(found: tuple[Interval, ...], truth: list[dict[str, float]]) -> float:
    return sum(max(0.0, min(a.end_s, b["end"]) - max(a.start_s, b["start"])) for a in found for b in truth)


def _inside(face: Any, box: list[float]) -> bool:
    """Whether the face's middle lies in the annotated box, in pixels of 720x1280."""
    x, y = (face.box.x + face.box.width / 2) * 720, (face.box.y + face.box.height / 2) * 1280
    return box[0] < x < box[2] and box[1] < y < box[3]
