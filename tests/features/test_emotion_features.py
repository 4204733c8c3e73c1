"""Expressions, colours and feelings in words, on clips of a few seconds."""

from collections.abc import Mapping

import pytest
from example_analyses import box, build, face, look, shots

from services.features.colours import Palettes
from services.features.compute import compute
from services.features.sentiment import covered, emoji_sentiment, sentiment
from shared.contracts.analysis import Analysis, SpeechSegment, Swatch, TextOverlay
from shared.contracts.people import People
from shared.language import words

Expected = Mapping[str, float | str | None]
MIDDLE = box(0.4, 0.4, 0.2, 0.2)


def check(analysis: Analysis, expected: Expected) -> None:
    values = compute(analysis, None).values
    assert {name: values[name] for name in expected} == pytest.approx(expected, abs=2e-6)


def showing(*expressions: tuple[str, float] | None) -> People:
    """One look per second; None is a face whose expression was not read."""
    faces = []
    for t, shown in enumerate(expressions):
        told = {} if shown is None else {"expression": shown[0], "expression_score": shown[1]}
        faces.append(face(float(t), MIDDLE, 0, yaw=0.0, roll=0.0, smile=0.1, mouth=0.1, **told))
    return People(sampled_s=tuple(float(t) for t in range(len(faces))), faces=tuple(faces), poses=(), hands=())


def test_expressions_of_a_face() -> None:
    people = showing(("frown", 0.4), ("frown", 0.7), None, ("open_mouth", 0.9), ("smile", 0.5), ("smile", 0.2))
    expected: Expected = {
        "emotion_smile_share_proxy": 0.4, "emotion_frown_share_proxy": 0.4, "emotion_surprise_share_proxy": 0,
        "emotion_neutral_share": 0,
        "emotion_first_smile_s_proxy": 4, "emotion_first_surprise_s_proxy": None, "emotion_valence_trend_proxy": 2,
        "emotion_expression_changes_per_10s": 4, "emotion_change_at_cut_share": 0.5, "emotion_expression_strength": 0.45,
        "emotion_strong_moment_count": 2, "emotion_peak_position": 1 / 6, "emotion_smile_count_proxy": 1,
        "emotion_hook_expressive_share": 1, "emotion_closing_expressive_share": 2 / 3, "emotion_expression_kinds": 3,
    }  # fmt: skip
    check(build(6.0, people=people, scenes=shots(6.0, 3.4)), expected)


def test_a_straight_face_is_zero_and_an_unread_one_null() -> None:
    straight = build(4.0, people=showing(*(("neutral", 0.5),) * 4))
    expected: Expected = {
        "emotion_smile_share_proxy": 0, "emotion_neutral_share": 1, "emotion_strong_moment_count": 0,
        "emotion_smile_count_proxy": 0,
        "emotion_expression_changes_per_10s": 0, "emotion_first_smile_s_proxy": None, "emotion_peak_position": None,
    }  # fmt: skip
    check(straight, expected)
    unread = compute(build(4.0, people=showing(None, None, None, None)), None)
    for name in (
        "emotion_smile_share_proxy",
        "emotion_smile_count_proxy",
        "emotion_main_expression",
        "emotion_strong_moment_count",
    ):
        assert unread.missing[name] == "no expression of a face was read"


def test_no_face_has_no_expression_and_an_unread_one_is_not_known() -> None:
    names = ("density_text_with_expression_share", "density_face_with_expression_share")
    assert [compute(build(4.0), None).values[name] for name in names] == [0, 0]
    unread = compute(build(4.0, people=showing(None, None, None, None)), None)
    for name in (*names, "density_text_near_expression_share"):
        assert unread.missing[name] == "no expression of a face was read"


def test_one_face_that_is_hidden_for_a_moment_smiles_once() -> None:
    people = showing(("smile", 0.5), None, ("smile", 0.5))
    hidden = people.model_copy(update={"sampled_s": (0.0, 1.0, 1.5), "faces": tuple(
        one.model_copy(update={"t_s": t_s}) for one, t_s in zip(people.faces, (0.0, 1.0, 1.5), strict=True)
    )})  # fmt: skip
    check(build(3.0, people=hidden), {"emotion_smile_count_proxy": 1, "emotion_smile_share_proxy": 1})


@pytest.mark.parametrize(
    ("palette", "expected"),
    [
        ((("#ff0000", 0.3), ("#ffff00", 0.3), ("#0000ff", 0.4)), 0.6),
        ((("#808080", 0.5), ("#050000", 0.3), ("#ff8800", 0.2)), 1.0),
        ((("#00ff00", 1.0),), 0.0),
        ((("#ffffff", 0.6), ("#000000", 0.4)), None),
        ((), None),
    ],
)
def test_warm_is_red_to_yellow_and_grey_is_no_colour(palette: tuple[tuple[str, float], ...], expected: float | None) -> None:
    swatches = [Swatch(rgb=rgb, share=share) for rgb, share in palette]
    assert Palettes([swatches]).warm_shares() == [None if expected is None else pytest.approx(expected)]


def test_a_palette_that_was_not_made_is_null() -> None:
    looks = (look(0.0, 0.5, 0.2, 0.3, 0.5, 10.0, 0.0), look(1.0, 0.5, 0.2, 0.3, 0.5, 10.0, 0.0, palette=(("#ff0000", 0.7),)))
    check(build(2.0, visuals=looks), {"emotion_palette_warm_share": 1, "emotion_palette_dominance": 0.7})
    check(build(2.0, visuals=looks[:1]), {"emotion_palette_warm_share": None, "emotion_palette_dominance": None})


@pytest.mark.parametrize(
    ("text", "feeling"),
    [
        ("I love this, it is amazing", 2), ("worst day ever", -1), ("not good at all", -1), ("isn't a great idea", -1),
        ("sin problemas", 1), ("me encanta, ¡qué bonito!", 2), ("nada ruim, incrível", 0), ("C'est pas génial", -1),
        ("so ein schöner Fehler", -1), ("das ist nicht schlecht", 1), ("schau mal her", 0), ("gut health", 0), ("", 0),
    ],
)  # fmt: skip
def test_good_and_bad_words_and_their_negation(text: str, feeling: int) -> None:
    assert sentiment(words(text)) == feeling


@pytest.mark.parametrize(
    ("language", "text", "speaks"),
    [
        ("en-GB", "hello", True), ("id", "halo semua", False), (None, "hello", True), ("un", "hola", True),
        (None, "привет", False), ("de", "これ", True), (None, "123", False),
    ],
)  # fmt: skip
def test_languages_that_the_lists_cover(language: str | None, text: str, speaks: bool) -> None:
    assert covered(language, text) is speaks


def test_emoji_of_mixed_use_are_neither_good_nor_bad() -> None:
    assert emoji_sentiment(("❤️", "👍🏽", "😡", "😭", "🪑")) == (2, 1)


def test_feelings_in_speech_and_on_screen_leave_out_what_no_list_covers() -> None:
    speech = (
        SpeechSegment(start_s=0.0, end_s=1.0, text="what a beautiful day", language="en"),
        SpeechSegment(start_s=2.0, end_s=3.0, text="отлично", language="ru"),
    )
    text = TextOverlay(start_s=0.0, end_s=1.0, text="worst mistake", confidence=1.0, box=MIDDLE)
    check(
        build(4.0, speech=speech, text=(text,)),
        {"emotion_spoken_sentiment_proxy": 0.25, "emotion_screen_sentiment_proxy": -1},
    )
    check(build(4.0, speech=speech[1:]), {"emotion_spoken_sentiment_proxy": None, "emotion_screen_sentiment_proxy": None})
