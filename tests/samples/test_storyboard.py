"""Storyboards keep what their knobs promise, for any video of the design."""

import numpy as np
import pytest

from samples.design import make_design
from samples.render import VideoScript
from samples.storyboard import MIN_TEXT_S, NUISANCE, PLANTED, storyboard, utterances
from samples.voice import SPEECH_RATE_HZ

COUNT = 32
DESIGN = make_design(PLANTED, NUISANCE, count=COUNT, seed=11)


def _script(index: int) -> VideoScript:
    random = np.random.default_rng([11, index])
    knobs = DESIGN.knobs(index)
    spoken = [np.zeros(round(1.7 * SPEECH_RATE_HZ), np.float32) for _ in utterances(knobs, random)]
    return storyboard(str(index), knobs, spoken, random=random)


@pytest.mark.parametrize("index", range(COUNT))
def test_shots_tile_the_video_and_show_the_face_for_its_share(index: int) -> None:
    script, knobs = _script(index), DESIGN.knobs(index)
    edges = [shot.start_s for shot in script.shots] + [script.duration_s]
    assert edges[0] == 0
    assert [shot.end_s for shot in script.shots] == edges[1:]
    assert min(np.diff(edges)) > 0.4
    face = sum(shot.end_s - shot.start_s for shot in script.shots if shot.picture == "face")
    assert face / script.duration_s == pytest.approx(knobs["face_share"], abs=0.03)
    cuts = len(script.shots) - 1
    assert cuts == max(1, round(knobs["cuts_per_second"] * script.duration_s))


@pytest.mark.parametrize("index", range(COUNT))
def test_texts_start_when_planned_and_stay_long_enough_to_be_read(index: int) -> None:
    script, knobs = _script(index), DESIGN.knobs(index)
    assert script.overlays[0].start_s == knobs["first_text_s"]
    ends = [0.0]
    for overlay in script.overlays:
        assert overlay.start_s >= ends[-1]
        assert overlay.end_s - overlay.start_s >= MIN_TEXT_S
        ends.append(overlay.end_s)
    assert ends[-1] <= script.duration_s
    shown = sum(overlay.end_s - overlay.start_s for overlay in script.overlays)
    assert shown / script.duration_s == pytest.approx(knobs["text_share"], abs=0.01)


@pytest.mark.parametrize("index", range(0, COUNT, 5))
def test_sentences_fit_their_share_and_do_not_overlap(index: int) -> None:
    script, knobs = _script(index), DESIGN.knobs(index)
    end = 0.0
    for sentence in script.speech:
        assert sentence.start_s >= end
        end = sentence.end_s
    assert end <= script.duration_s
    assert sum(s.end_s - s.start_s for s in script.speech) <= knobs["speech_share"] * script.duration_s + 1e-6
