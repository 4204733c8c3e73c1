"""Calls to action: whole phrases only, told by kind and by language."""

import pytest

from shared.language import CALL_LANGUAGES, CALLS, call_languages, calls_to_action, first_call, spaced, words


@pytest.mark.parametrize(
    ("text", "kinds", "languages"),
    [
        ("LINK IN BIO!", {"link"}, ("en",)),
        ("Folge mir\njetzt bestellen", {"follow", "buy"}, ("de",)),
        ("comment below, comenta", {"comment"}, ("en", "es")),
        ("I follow football", set(), ()),
        ("", set(), ()),
    ],
)
def test_calls_by_kind_and_language(text: str, kinds: set[str], languages: tuple[str, ...]) -> None:
    assert (calls_to_action(text), call_languages(text)) == (kinds, languages)


def test_every_phrase_is_found_in_its_language() -> None:
    for kind, by_language in CALLS.items():
        assert tuple(by_language) == CALL_LANGUAGES
        for language, phrases in by_language.items():
            for phrase in phrases:
                assert kind in calls_to_action(f"¡{phrase.upper()}!")
                assert language in call_languages(phrase)


@pytest.mark.parametrize(
    ("text", "place"),
    [("Follow me", 0), ("one, two: follow me! Link in bio", 2), ("link in bio, follow me", 0), ("me follow", None), ("", None)],
)
def test_the_first_call_is_found_at_its_first_word(text: str, place: int | None) -> None:
    assert first_call(words(text)) == place


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("LINK in bio!", ("link", "in", "bio")),
        ("don't, L’Été", ("don't", "l’été")),
        ("Vlog日常2024年", ("vlog", "日", "常", "2024", "年")),
        ("コーヒー", ("コ", "ー", "ヒ", "ー")),
        ("ok สวัสดี", ("ok", "ส", "วั", "ส", "ดี")),
        ("안녕 नमस्ते", ("안녕", "नमस्ते")),
        ("'best' rock 'n' roll", ("best", "rock", "n", "roll")),
        ("‘bëst’ don’t", ("bëst", "don’t")),
        ("می‌خواهم", ("می‌خواهم",)),
        ("1️⃣ tip ℹ️ 2", ("tip", "2")),
        ("𝓛𝓲𝓷𝓴 Ⓘⓝ ｂｉｏ ½", ("link", "in", "bio", "½")),
    ],
)
def test_words_are_parted_by_spaces_or_are_single_characters(text: str, split: tuple[str, ...]) -> None:
    assert words(text) == split


def test_words_of_scripts_with_spaces_are_told_apart() -> None:
    assert spaced(words("Vlog日常, コーヒー 안녕 me")) == ["vlog", "안녕", "me"]
