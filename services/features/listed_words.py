"""Fillers, address of the viewer and first person, by language; only what means little else in that language is listed."""

from collections.abc import Mapping
from functools import cache

FILLERS: Mapping[str, tuple[str, ...]] = {
    "en": ("um", "uhm", "uh", "er", "erm", "hmm", "you know", "i mean", "kind of", "sort of"),
    "es": ("eh", "ehm", "mmm", "o sea", "es que"),
    "pt": ("hum", "ahn", "hã", "né", "tipo assim", "quer dizer"),
    "fr": ("euh", "heu", "ben", "bah", "du coup", "tu vois"),
    "de": ("äh", "ähm", "öh", "hm", "sozusagen", "quasi"),
}
ADDRESS: Mapping[str, tuple[str, ...]] = {
    "en": ("you", "your", "yours", "yourself", "you're", "you'll", "you've", "you'd"),
    "es": ("tú", "te", "ti", "tu", "tus", "contigo", "usted", "ustedes", "vosotros", "os"),
    "pt": ("você", "vocês", "te", "ti", "tu", "teu", "tua", "contigo"),
    "fr": ("tu", "te", "toi", "ton", "ta", "tes", "vous", "votre", "vos"),
    "de": ("du", "dich", "dir", "dein", "deine", "deinen", "deinem", "deiner", "ihr", "euch", "euer", "eure"),
}
FIRST_PERSON: Mapping[str, tuple[str, ...]] = {
    "en": ("i", "me", "my", "mine", "myself", "i'm", "i'll", "i've", "i'd", "we", "us", "our", "we're", "we've", "we'll"),
    "es": ("yo", "me", "mí", "mi", "mis", "conmigo", "nosotros", "nosotras", "nos", "nuestro", "nuestra"),
    "pt": ("eu", "me", "mim", "meu", "minha", "comigo", "nós", "nos", "nosso", "nossa", "gente"),
    "fr": ("je", "j", "me", "moi", "mon", "ma", "mes", "nous", "notre", "nos"),
    "de": ("ich", "mich", "mir", "mein", "meine", "meinen", "meinem", "meiner", "wir", "uns", "unser", "unsere"),
}


def listed(spoken: tuple[str, ...], phrases: tuple[str, ...]) -> int:
    """How many of the case-folded words belong to one of the phrases."""
    straight = [word.replace("’", "'") for word in spoken]
    single, longer = _split(phrases)
    return sum(word in single for word in straight) + sum(
        len(phrase) * sum(straight[i : i + len(phrase)] == phrase for i in range(len(straight) - len(phrase) + 1))
        for phrase in longer
    )


@cache
def _split(phrases: tuple[str, ...]) -> tuple[frozenset[str], list[list[str]]]:
    """Phrases of one word, and the words of longer ones."""
    split = [phrase.split() for phrase in phrases]
    return frozenset(words[0] for words in split if len(words) == 1), [words for words in split if len(words) > 1]
