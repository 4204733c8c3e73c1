"""A person can open the video at the seconds a value rests on."""

import pytest
from example_analyses import build, shots
from hand_made_analyses import hand_made

from services.features.explain.sightings import MOST, TRACER, trace
from services.features.version import catalogue_version
from shared.catalogue.registry import CATALOGUE
from shared.contracts.analysis import Analysis, EngineName
from shared.contracts.sightings import Sighting
from shared.tracing import installed_tracer
from tests.features.example_analyses import without


def sighting(name: str, analysis: Analysis) -> Sighting:
    (seen,) = trace("v1", [name], analysis)
    return seen


def spans(seen: Sighting) -> list[tuple[str, float, float]]:
    return [(one.what, one.start_s, one.end_s) for one in seen.moments]


def test_a_count_shows_every_item_in_the_order_of_time() -> None:
    seen = sighting("overlay_count", hand_made())
    assert (seen.row_id, seen.feature, seen.value, seen.more, seen.note) == ("v1", "overlay_count", 3.0, 0, None)
    assert spans(seen) == [('text "STOP scrolling!"', 0.0, 3.0), ('text "3 tips"', 2.0, 4.0), ('text "Link in bio"', 9.0, 12.0)]


def test_what_matters_most_is_shown_and_the_rest_counted() -> None:
    seen = sighting("scene_cut_count", build(20.0, scenes=shots(20.0, *(float(cut) for cut in range(1, 10)))))
    assert spans(seen) == [("cut", float(cut), float(cut)) for cut in range(1, MOST + 1)]
    assert seen.more == 9 - MOST


def test_seconds_that_touch_are_one_moment() -> None:
    flat = build(20.0)
    bright = tuple(one.model_copy(update={"brightness": 0.5 + 0.1 * (5 <= one.t_s < 8)}) for one in flat.visuals or ())
    spread = sighting("emotion_brightness", flat.model_copy(update={"visuals": bright}))
    assert ("picture", 5.0, 8.0) in spans(spread)


@pytest.mark.parametrize(
    ("name", "analysis", "note"),
    [
        ("overlay_count", build(20.0), "Nothing of what it counts was seen or heard."),
        ("meta_hashtag_count", build(20.0), "It is known before the video is watched."),
        ("meta_caption_spoken_share", build(20.0), "It rests on the post's words too, which the analysis does not have."),
        ("scene_short_side_px", build(20.0), "It is a fact of the whole file."),
        ("overlay_count", without(build(20.0), EngineName.TEXT), "Not known: the text engine did not run: switched off."),
    ],
)
def test_where_there_is_nothing_to_open_a_note_says_why(name: str, analysis: Analysis, note: str) -> None:
    seen = sighting(name, analysis)
    assert (seen.moments, seen.more, seen.note) == ((), 0, note)


def test_every_feature_has_moments_inside_the_video_or_a_note() -> None:
    analysis = hand_made()
    for seen in trace("v1", CATALOGUE.names(), analysis):
        assert (seen.note is None) == bool(seen.moments), seen.feature
        assert len(seen.moments) <= MOST
        times = [(one.start_s, one.end_s) for one in seen.moments]
        assert times == sorted(times), seen.feature
        assert all(0 <= start <= end <= analysis.video.duration_s for start, end in times), seen.feature


def test_the_installation_offers_this_tracer() -> None:
    assert installed_tracer() is TRACER
    assert TRACER.catalogue_version() == catalogue_version()
