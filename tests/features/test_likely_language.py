"""Which language a text in Latin script is likely in, where nobody named it."""

import pytest

from services.features.likely_language import likely, likely_covered
from services.features.sentiment import covered
from shared.catalogue.languages import LANGUAGES
from shared.language import CALL_LANGUAGES, words

SENTENCES = {
    "en": "What I eat in a day to stay fit and why you should try it",
    "es": "Lo que como en un día para estar en forma y por qué deberías probarlo",
    "pt": "O que eu como em um dia para ficar em forma e por que você deve tentar",
    "fr": "Ce que je mange dans la journée pour rester en forme et pourquoi tu dois essayer",
    "de": "Was ich an einem Tag esse und warum du es auch probieren solltest",
    "it": "Cosa mangio in un giorno per restare in forma e perché dovresti provare",
    "nl": "Wat ik op een dag eet om fit te blijven en waarom je het moet proberen",
    "id": "Apa yang saya makan dalam sehari dan kenapa kamu harus coba",
    "tl": "Ano ang kinakain ko sa isang araw at bakit dapat mo itong subukan",
    "tr": "Bir günde ne yiyorum ve neden sen de denemelisin",
    "pl": "Co jem w ciągu dnia i dlaczego warto to robić",
    "vi": "Tôi ăn gì trong một ngày và vì sao bạn nên thử",
    "sv": "Vad jag äter på en dag och varför du ska prova det",
    "da": "Hvad jeg spiser på en dag og hvorfor du skal prøve det",
    "ro": "Ce mănânc eu într-o zi și de ce merită să încerci",
    "fi": "Mitä minä syön päivässä ja miksi se on niin hyvä",
    "hu": "Mit eszem egy nap és miért jó ez nekem is",
    "cs": "Co jím za den a proč to je tak dobré i pro tebe",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_likely_in_its_language(language: str) -> None:
    said = words(SENTENCES[language])
    assert likely(said) == {language}
    assert likely_covered(said) is (language in CALL_LANGUAGES)


def test_every_language_in_latin_script_that_the_catalogue_lists_is_told_apart() -> None:
    other_scripts = {"ru", "ar", "hi", "ja", "ko", "zh", "th", "other"}
    assert set(LANGUAGES) - other_scripts <= set(SENTENCES)


@pytest.mark.parametrize("text", ["", "GRWM", "2024", "これは何", "привет всем", "xyz xyz xyz xyz xyz xyz xyz xyz xyz the"])
def test_a_text_of_few_known_words_is_in_no_known_language(text: str) -> None:
    assert likely(words(text)) == frozenset()
    assert not likely_covered(words(text))


@pytest.mark.parametrize(
    ("language", "text", "known"),
    [
        ("id", "what a day", False),
        ("en", "xyz", True),
        (None, "ikuti saya ya", False),
        (None, "hello", True),
        (None, "delicious", True),
        (None, "delicious kue ini", False),
        ("un", "xyz", False),
    ],
)
def test_a_named_language_decides_and_else_the_words(language: str | None, text: str, *, known: bool) -> None:
    assert covered(language, text) is known
