"""What is said: lists of words by language, words in time, and how much must be transcribed."""

import pytest
from example_analyses import box, build

from services.features.compute import compute
from services.features.listed_words import ADDRESS, FILLERS, FIRST_PERSON, listed
from shared.contracts.analysis import SpeechSegment, TextOverlay, Word


def spoken(text: str | None, language: str | None = "en", start_s: float = 1.0, end_s: float = 3.0) -> SpeechSegment:
    return SpeechSegment(start_s=start_s, end_s=end_s, text=text, language=language)


@pytest.mark.parametrize(
    ("language", "text", "fillers", "address", "first_person"),
    [
        ("en", "Um, you know, I really need your help", 3 / 8, 2 / 8, 1 / 8),
        ("en-US", "You\u2019re right and I'm late", 0, 1 / 5, 1 / 5),
        ("es", "Eh, yo te lo digo", 1 / 5, 1 / 5, 1 / 5),
        ("pt", "Você sabe, né, meu amigo", 1 / 5, 1 / 5, 1 / 5),
        ("fr", "Euh, tu vois, mon truc", 3 / 5, 1 / 5, 1 / 5),
        ("de", "Ähm, ich zeig es dir", 1 / 5, 1 / 5, 1 / 5),
        ("ja", "えっと これは", None, None, None),
        (None, "um you me", None, None, None),
    ],
)
def test_listed_words(
    language: str | None, text: str, fillers: float | None, address: float | None, first_person: float | None
) -> None:
    values = compute(build(10.0, speech=(spoken(text, language),)), None).values
    found = [values[f"speech_{name}_share"] for name in ("filler", "address", "first_person")]
    assert found == pytest.approx([fillers, address, first_person], abs=1e-6)


def test_the_lists_cover_the_same_languages_and_each_phrase_is_found_as_it_stands() -> None:
    assert set(FILLERS) == set(ADDRESS) == set(FIRST_PERSON) == {"en", "es", "pt", "fr", "de"}
    phrases = [phrase for lists in (FILLERS, ADDRESS, FIRST_PERSON) for group in lists.values() for phrase in group]
    assert all(listed(tuple(phrase.split()), (phrase,)) == len(phrase.split()) for phrase in phrases)
    assert listed(("you", "know"), ("you know",)) == 2
    assert listed(("you", "know"), ("know you",)) == 0


@pytest.mark.parametrize(
    ("word_s", "text_s", "share"),
    [
        ((1.0, 1.5), (1.2, 3.0), 0.5),
        ((1.0, 1.5), (1.9, 3.0), 0.5),
        ((1.0, 1.5), (2.1, 3.0), 0.0),
        ((4.0, 4.4), (2.0, 3.4), 0.0),
    ],
)
def test_a_word_is_shown_where_text_and_word_are_at_most_half_a_second_apart(
    word_s: tuple[float, float], text_s: tuple[float, float], share: float
) -> None:
    words = (
        Word(start_s=word_s[0], end_s=word_s[1], text=" Stop,", confidence=0.9),
        Word(start_s=4.5, end_s=4.8, text=" please", confidence=0.9),
    )
    segment = SpeechSegment(start_s=1.0, end_s=5.0, text="Stop, please", language="en", words=words)
    text = TextOverlay(start_s=text_s[0], end_s=text_s[1], text="STOP!", confidence=1.0, box=box(0.1, 0.1, 0.2, 0.1))
    assert compute(build(10.0, speech=(segment,), text=(text,)), None).values["speech_shown_word_share"] == share


def test_a_little_speech_without_transcript_is_left_out_and_much_of_it_hides_the_words() -> None:
    told, short, long = spoken("a b c d", end_s=5.0), spoken(None, start_s=6.0, end_s=7.0), spoken(None, start_s=6.0, end_s=8.0)
    values = compute(build(10.0, speech=(told, short)), None).values
    assert (values["speech_word_count"], values["speech_words_per_s"]) == (4, 1)
    vector = compute(build(10.0, speech=(told, long)), None)
    assert vector.missing["speech_word_count"] == "speech was detected but not transcribed"
    assert vector.values["speech_share"] == 0.6


def test_words_without_times_leave_only_what_needs_times_unknown() -> None:
    vector = compute(build(10.0, speech=(spoken("Do it now"),)), None)
    assert vector.missing["speech_articulation_per_s"] == "words and their times were not transcribed"
    assert vector.values["speech_word_length"] == pytest.approx(7 / 3, abs=1e-6)


@pytest.mark.parametrize(
    ("segments", "calls", "position"),
    [
        ((spoken("えっと これは", "ja"),), None, None),
        ((spoken("ikuti saya ya", None),), None, None),
        ((spoken("we are done here", None),), 0, None),
        ((spoken("nothing asked", "en"),), 0, None),
        ((spoken("えっと これは", "ja"), spoken("follow me", "en", 5.0, 6.0)), 1, 0.5),
    ],
)
def test_no_spoken_call_is_0_only_where_the_lists_could_have_found_one(
    segments: tuple[SpeechSegment, ...], calls: int | None, position: float | None
) -> None:
    values = compute(build(10.0, speech=segments), None).values
    assert (values["speech_calls"], values["speech_call_position"]) == (calls, position)


def test_words_in_the_hook_are_those_that_begin_in_it() -> None:
    text = "one two three four five"
    timed = tuple(Word(start_s=2.0 + i, end_s=2.5 + i, text=word, confidence=0.9) for i, word in enumerate(text.split()))
    exact = SpeechSegment(start_s=2.0, end_s=7.0, text=text, language="en", words=timed)
    assert compute(build(20.0, speech=(exact,)), None).values["speech_hook_words"] == 1
    assert compute(build(20.0, speech=(spoken(text, start_s=0.0, end_s=10.0),)), None).values["speech_hook_words"] == 2


def test_a_pause_lasts_at_least_three_tenths_of_a_second_in_every_feature_of_pauses() -> None:
    starts = (0.0, 1.2, 2.6, 4.2)
    values = compute(build(10.0, speech=tuple(spoken(None, None, t, t + 1.0) for t in starts)), None).values
    found = [values[f"speech_pause_{name}"] for name in ("count", "mean_s", "max_s", "variation")]
    assert found == pytest.approx([2, 0.5, 0.6, 0.2], abs=1e-6)
    none = compute(build(10.0, speech=(spoken(None, None, 0.0, 1.0), spoken(None, None, 1.2, 2.0))), None).values
    assert [none[f"speech_pause_{name}"] for name in ("count", "mean_s", "max_s")] == [0, None, 0]


def long_stretch(*, timed: bool, last: str = "Follow me") -> SpeechSegment:
    """One stretch from 1 to 19 s in two sentences, a word a second: a question from 15 s and a call to action from 17 s on."""
    said = [*(f"word{i}" for i in range(13)), "done.", "Ready", "now?", *last.split()]
    words = tuple(Word(start_s=i + 1.0, end_s=i + 1.5, text=word, confidence=0.9) for i, word in enumerate(said))
    return SpeechSegment(start_s=1.0, end_s=19.0, text=" ".join(said), language="en", words=words if timed else None)


@pytest.mark.parametrize("timed", [True, False])
def test_a_long_stretch_says_each_word_at_the_words_own_time(timed: bool) -> None:
    values = compute(build(20.0, speech=(long_stretch(timed=timed),)), None).values
    assert (values["speech_asks"], values["speech_hook_asks"]) == (1, 0)
    assert values["speech_call_position"] == pytest.approx(17 / 20)
    # nine words begin in each half, of which someone speaks for 9 s
    assert values["speech_rate_trend"] == 0


def test_words_that_were_timed_otherwise_than_the_text_reads_are_spread_over_their_segment() -> None:
    other = long_stretch(timed=True).model_copy(update={"words": long_stretch(timed=True).words[:1]})
    assert compute(build(20.0, speech=(other,)), None).values["speech_call_position"] == pytest.approx(17 / 20)


@pytest.mark.parametrize(
    ("text", "start_s", "end_s", "asks"),
    [
        ("Do you want this? No.", 1.0, 3.0, 1),
        ("Do you want all of this right now?", 2.0, 6.0, 1),
        ("and so on it goes without any full stop for long, ready?", 0.0, 8.0, 0),
        ("Hi all. I am here. Ready?", 0.0, 6.0, 0),
        ("Hi all. Ready?", 0.0, 4.0, 1),
        ("¿Quieres más?", 1.0, 2.0, 1),
        ("?", 1.0, 2.0, 0),
    ],
)
def test_the_hook_asks_where_a_question_begins_in_it_and_is_soon_over(
    text: str, start_s: float, end_s: float, asks: int
) -> None:
    speech = (spoken(text, start_s=start_s, end_s=end_s),)
    assert compute(build(20.0, speech=speech), None).values["speech_hook_asks"] == asks


def test_a_call_to_action_may_run_over_a_pause_and_begins_with_its_first_word() -> None:
    speech = (spoken("now you can follow", start_s=2.0, end_s=6.0), spoken("me", start_s=6.5, end_s=7.0))
    values = compute(build(10.0, speech=speech), None).values
    assert (values["speech_calls"], values["speech_call_position"]) == (1, 0.5)


def test_the_rate_of_too_little_speech_is_not_told() -> None:
    speech = (spoken("a b c d", start_s=0.0, end_s=4.0), spoken("e", start_s=9.0, end_s=9.9))
    vector = compute(build(10.0, speech=speech), None)
    assert vector.missing["speech_rate_trend"] == "less than 1 s of speech was transcribed in one of the halves"


def test_the_length_of_words_is_told_only_where_spaces_part_them() -> None:
    found = [
        compute(build(10.0, speech=(spoken(text, "ja"),)), None).values["speech_word_length"]
        for text in ("これは何", "これは very 何")
    ]
    assert found == [None, 4]
