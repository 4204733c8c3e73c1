"""A clip long enough for all four segments of the middle: what the short ones leave at 0 has another answer here."""

import pytest
from example_analyses import box, build, shots

from services.features.compute import compute
from shared.contracts.analysis import Analysis, Graphic, SpeechSegment, TextOverlay, Word

# 38 s: the middle [3, 35) has four segments of 8 s; the texts "Follow me?" and "end" stand left and right
ANSWERS = {
    "overlay_first_s": 1, "overlay_after_last_s": 4, "overlay_hook_question": 1, "overlay_call_in_hook": 1,
    "overlay_left_share": 4 / 17, "overlay_right_share": 6 / 17, "overlay_at_edge_share": 4 / 17,
    "overlay_middle_1_share": 2 / 8, "overlay_middle_2_share": 3 / 8, "overlay_middle_3_share": 4 / 8,
    "overlay_middle_4_share": 6 / 8, "overlay_middle_1_graphic_share": 1 / 8, "overlay_middle_2_graphic_share": 2 / 8,
    "overlay_middle_3_graphic_share": 3 / 8, "overlay_middle_4_graphic_share": 4 / 8, "overlay_closing_graphic_share": 0.5,
    # two of five graphics start within 0.5 s of the cuts at 4.3 and 19.4 s
    "overlay_graphic_with_cut_share": 2 / 5,
    # the call to action is up in [1, 5) and someone speaks in [1.2, 4.2)
    "overlay_call_with_speech_share": 0.75, "speech_middle_1_share": 1.2 / 8, "speech_middle_2_share": 0,
    "speech_middle_3_share": 6 / 8, "speech_middle_4_share": 2 / 8, "speech_starts_with_text_share": 2 / 3,
    # said: um follow me / really good stuff you know / end; shown: follow me / um wow / really good / end
    "speech_word_count": 9, "speech_shown_word_share": 5 / 9, "overlay_spoken_word_share": 5 / 7, "speech_filler_share": 3 / 9,
    "speech_call_position": 2 / 38, "speech_hook_words": 3, "speech_rate_trend": 6 / 8 - 3 / 3,
}  # fmt: skip
WORDS = ((1.2, 1.6, "um"), (2.0, 2.5, "follow"), (2.5, 3.0, "me"))


def clip() -> Analysis:
    left, middle, right = box(0.0, 0.4, 0.3, 0.1), box(0.4, 0.4, 0.2, 0.1), box(0.7, 0.4, 0.2, 0.1)
    texts = (
        (1.0, 5.0, "Follow me?", left), (12.0, 15.0, "um wow", middle), (20.0, 24.0, "really good", middle),
        (28.0, 34.0, "end", right),
    )  # fmt: skip
    return build(
        38.0, scenes=shots(38.0, 4.3, 19.4),
        text=tuple(TextOverlay(start_s=a, end_s=b, text=text, confidence=1.0, box=where) for a, b, text, where in texts),
        graphics=tuple(
            Graphic(start_s=a, end_s=b, kind="sticker", box=middle, confidence=1.0)
            for a, b in ((4.0, 5.0), (11.0, 13.0), (19.0, 22.0), (30.0, 34.0), (36.5, 38.0))
        ),
        speech=(
            SpeechSegment(
                start_s=1.2, end_s=4.2, text="um follow me", language="en",
                words=tuple(Word(start_s=a, end_s=b, text=word, confidence=0.9) for a, b, word in WORDS),
            ),
            SpeechSegment(start_s=20.0, end_s=26.0, text="really good stuff, you know", language="en"),
            SpeechSegment(start_s=29.0, end_s=31.0, text="end", language="en"),
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def values() -> dict[str, float | str | None]:
    return compute(clip(), None).values


@pytest.mark.parametrize("name", ANSWERS)
def test_value_in_a_clip_with_four_segments(values: dict[str, float | str | None], name: str) -> None:
    assert values[name] == pytest.approx(ANSWERS[name], abs=2e-6)
