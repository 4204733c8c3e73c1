"""Reads text in any script: words, graphemes, emoji, links, script; calls to action in the languages that are listed."""

from collections.abc import Mapping, Sequence

import regex  # type: ignore[import-untyped]  # ships no types

_WORD = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}]\p{M}*|[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*")
_EMOJI = regex.compile(
    r"\p{RI}{2}|[0-9#*]\ufe0f?\u20e3|\p{Extended_Pictographic}(?:\p{EMod}|\ufe0f|\u200d\p{Extended_Pictographic})*"
)
_NOT_EMOJI = frozenset("©®™‼⁉↔↕↖↗↘↙↩↪▪▫◼◻☑✔✖")
_LINK = regex.compile(r"https?://\S+|www\.\S+|\b[\w-]+\.(?:com|net|org|io|shop|store|co|me|ly|tv)\b(?:/\S*)?", regex.IGNORECASE)
_TAG = regex.compile(r"[#＃@＠][\p{L}\p{N}\p{M}_.·]+")
_SENTENCE = regex.compile(r"[^.!?？！。؟\n]+[.!?？！。؟]*")
_SCRIPTS = {
    "latin": r"\p{Latin}", "cyrillic": r"\p{Cyrillic}", "arabic": r"\p{Arabic}", "devanagari": r"\p{Devanagari}",
    "han": r"\p{Han}", "kana": r"[\p{Hiragana}\p{Katakana}]", "hangul": r"\p{Hangul}", "thai": r"\p{Thai}",
}  # fmt: skip
SCRIPTS = (*_SCRIPTS, "other")
_SCRIPT_PATTERNS = {script: regex.compile(pattern) for script, pattern in _SCRIPTS.items()}
_LETTER = regex.compile(r"\p{L}")

CALL_LANGUAGES = ("en", "es", "pt", "fr", "de")
CALLS: Mapping[str, tuple[str, ...]] = {
    "follow": (
        "follow me", "follow us", "follow for", "follow my", "follow our", "follow to", "subscribe", "sígueme", "síguenos",
        "suscríbete", "me siga", "me segue", "inscreva se", "abonne toi", "abonnez vous", "folge mir", "folgt mir",
    ),
    "like": (
        "like this video", "like and", "like if", "double tap", "drop a like", "hit like", "dale like", "dale me gusta",
        "deixa o like", "curte aí", "likez", "lass ein like", "gib ein like",
    ),
    "comment": (
        "comment below", "comment your", "comment down", "comment if", "leave a comment", "drop a comment", "in the comments",
        "let me know", "comenta", "en los comentarios", "comente", "nos comentários", "commente", "commentez", "en commentaire",
        "kommentiere", "in die kommentare",
    ),
    "share": (
        "share this", "share with", "send this to", "tag a friend", "tag someone", "comparte", "compartilha", "compartilhe",
        "partage", "partagez", "teile das", "teilt das",
    ),
    "save": (
        "save this", "save it", "save for later", "bookmark this", "guarda este", "guárdalo", "salva esse", "salve este",
        "enregistre cette", "speicher dir", "speichere das",
    ),
    "link": (
        "link in bio", "link in my bio", "link below", "click the link", "tap the link", "enlace en", "link en", "link na bio",
        "lien en bio", "link in der bio",
    ),
    "buy": (
        "buy now", "shop now", "order now", "get yours", "add to cart", "use code", "compra ya", "compra ahora", "compre agora",
        "achète maintenant", "achetez maintenant", "commandez", "jetzt kaufen", "jetzt bestellen",
    ),
}  # fmt: skip
"""Whole-word phrases per kind; single words that also mean something else (get, like, the French comment) are left out."""


def words(text: str) -> tuple[str, ...]:
    """Words, case-folded; scripts written without spaces count each character as a word. Links, hashtags, mentions included."""
    return tuple(word.casefold() for word in _WORD.findall(text))


def prose(caption: str) -> str:
    """A caption without its links, hashtags and mentions."""
    return str(_TAG.sub(" ", _LINK.sub(" ", caption))).strip()


def tags(text: str) -> tuple[str, ...]:
    """The hashtags in a text, with their mark."""
    return tuple(found for found in _TAG.findall(text) if found[0] in "#＃")


def sentences(text: str) -> tuple[str, ...]:
    """Sentences with their closing mark; a line break ends one too."""
    return tuple(found.strip() for found in _SENTENCE.findall(text) if found.strip())


def graphemes(text: str) -> int:
    """Characters as a reader counts them: an emoji or a letter with its accents is one."""
    return len(regex.findall(r"\X", text))


def emoji(text: str) -> tuple[str, ...]:
    """The emoji in order, joined sequences and flags as one each."""
    return tuple(found for found in _EMOJI.findall(text) if found not in _NOT_EMOJI)


def has_link(text: str) -> bool:
    """Whether a web address is in the text."""
    return _LINK.search(text) is not None


def has_question(text: str) -> bool:
    """Whether a question mark of any script is in the text."""
    return any(mark in text for mark in "?？؟¿\u037e⸮՞")


def has_exclamation(text: str) -> bool:
    """Whether an exclamation mark is in the text."""
    return any(mark in text for mark in "!！¡")


def has_digit(text: str) -> bool:
    """Whether a decimal digit of any script is in the text."""
    return any(char.isdecimal() for char in text)


def script(texts: Sequence[str]) -> str | None:
    """The script that most letters are written in; None where there are no letters."""
    joined = "".join(texts)
    letters = len(_LETTER.findall(joined))
    if letters == 0:
        return None
    counts = {name: len(pattern.findall(joined)) for name, pattern in _SCRIPT_PATTERNS.items()}
    counts["other"] = letters - sum(counts.values())
    return max(counts, key=lambda name: counts[name])


def calls_to_action(text: str) -> frozenset[str]:
    """The kinds of call to action in the text, by phrases of CALL_LANGUAGES; whole words only."""
    padded = f" {' '.join(words(text))} "
    return frozenset(kind for kind, phrases in CALLS.items() if any(f" {phrase} " in padded for phrase in phrases))
