"""What a caption does with words besides calling to action, in the languages of `sentiment`: urges, teases, counts, replies.

Like the calls to action these are whole words and phrases that mean little else; what is not listed is not seen.
"""

from collections.abc import Sequence
from itertools import pairwise

import regex  # type: ignore[import-untyped]  # ships no types

URGENT = (
    "hurry", "last chance", "limited time", "today only", "before it's gone", "while supplies last", "don't miss",
    "ends tonight", "ends today", "selling fast", "almost gone",
    "última oportunidad", "últimas unidades", "solo hoy", "sólo hoy", "date prisa", "no te lo pierdas",
    "última chance", "só hoje", "corre que", "não perca", "últimas peças",
    "dépêche toi", "dépêchez vous", "dernière chance", "aujourd'hui seulement", "ne ratez pas", "ne rate pas",
    "nur heute", "letzte chance", "beeil dich", "beeilt euch", "solange der vorrat reicht", "nicht verpassen",
)  # fmt: skip
CURIOUS = (
    "wait for it", "wait until", "wait till", "watch till", "watch until", "till the end", "until the end", "you won't believe",
    "guess what", "guess who", "pov", "did you know", "nobody talks about", "no one talks about", "the secret", "plot twist",
    "here's why", "this is why", "story time", "storytime",
    "espera al final", "hasta el final", "no vas a creer", "no creerás", "sabías que", "nadie habla de", "el secreto",
    "espera até", "até o final", "você não vai acreditar", "você sabia", "ninguém fala", "o segredo",
    "attends la fin", "jusqu'à la fin", "tu ne vas pas croire", "saviez vous", "savais tu", "personne ne parle", "le secret",
    "warte bis", "bis zum ende", "wusstest du", "wusstet ihr", "niemand spricht", "das geheimnis", "du wirst nicht glauben",
)  # fmt: skip
_MARKERS = """
part pt day episode ep parte día dia episodio episódio partie jour épisode teil tag folge
"""
_NUMBERED = frozenset(_MARKERS.split())
_REPLY = regex.compile(
    r"^\s*(?:replying to|en respuesta a|respuesta a|respondiendo a|respondendo a|resposta a|en réponse à|réponse à|antwort an|"
    r"antwort auf)\s*[@＠]",
    regex.IGNORECASE,
)


def says(said: Sequence[str], phrases: Sequence[str]) -> bool:
    """Whether one of the phrases is among case-folded words; curly and straight apostrophes are one."""
    padded = f" {' '.join(said)} ".replace("’", "'")
    return any(f" {phrase} " in padded for phrase in phrases)


def is_series(said: Sequence[str]) -> bool:
    """Whether the words number a part of a series, such as `part 2` or `day 5`."""
    return any(before in _NUMBERED and after.isdecimal() for before, after in pairwise(said))


def is_reply(text: str) -> bool:
    """Whether the text opens as the app's answer to a comment does: `Replying to @someone`."""
    return _REPLY.match(text) is not None
