"""Words of a text in any script, and the calls to action among them, in the languages that are listed."""

import unicodedata
from collections.abc import Mapping, Sequence

import regex  # type: ignore[import-untyped]  # ships no types

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\u30fc\uff70\p{Thai}\p{Lao}\p{Khmer}"
"""Scripts written without spaces between words, and the mark that lengthens a Japanese vowel."""
_PART = rf"[\p{{L}}\p{{N}}\p{{M}}--[{_UNSPACED}]]"
_WORD = regex.compile(
    rf"(?V1)[{_UNSPACED}]\p{{M}}*|(?!.\ufe0f)[\p{{L}}\p{{N}}--[{_UNSPACED}]]{_PART}*(?:['’\u200c\u200d]{_PART}+)*"
)
"""An apostrophe, or a joiner as in Persian, belongs to a word where it stands inside it; at its end it is a quotation mark.
What is shown as an emoji, such as a digit on a key, is no word."""
_ASCII_WORD = regex.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
_STYLED = regex.compile(
    "[\u210a-\u2115\u2119-\u211d\u2124\u2128\u212c-\u2134\u24b6-\u24e9\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]+"
)
"""Letters and digits that captions use as a typeface: bold, italic, script, circled, full width."""
_CHARACTER = regex.compile(f"[{_UNSPACED}]")

CALL_LANGUAGES = ("en", "es", "pt", "fr", "de")
"""ISO 639-1, in the order in which languages are listed."""
CALLS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "follow": {
        "en": ("follow me", "follow us", "follow for", "follow my", "follow our", "follow to", "subscribe"),
        "es": ("sígueme", "síguenos", "suscríbete"),
        "pt": ("me siga", "me segue", "inscreva se"),
        "fr": ("abonne toi", "abonnez vous"),
        "de": ("folge mir", "folgt mir"),
    },
    "like": {
        "en": ("like this video", "like and", "like if", "double tap", "drop a like", "hit like"),
        "es": ("dale like", "dale me gusta"),
        "pt": ("deixa o like", "curte aí"),
        "fr": ("likez",),
        "de": ("lass ein like", "gib ein like"),
    },
    "comment": {
        "en": (
            "comment below", "comment your", "comment down", "comment if", "leave a comment", "drop a comment",
            "in the comments", "let me know",
        ),
        "es": ("comenta", "en los comentarios"),
        "pt": ("comente", "nos comentários"),
        "fr": ("commente", "commentez", "en commentaire"),
        "de": ("kommentiere", "in die kommentare"),
    },
    "share": {
        "en": ("share this", "share with", "send this to", "tag a friend", "tag someone"),
        "es": ("comparte",),
        "pt": ("compartilha", "compartilhe"),
        "fr": ("partage", "partagez"),
        "de": ("teile das", "teilt das"),
    },
    "save": {
        "en": ("save this", "save it", "save for later", "bookmark this"),
        "es": ("guarda este", "guárdalo"),
        "pt": ("salva esse", "salve este"),
        "fr": ("enregistre cette",),
        "de": ("speicher dir", "speichere das"),
    },
    "link": {
        "en": ("link in bio", "link in my bio", "link below", "click the link", "tap the link"),
        "es": ("enlace en", "link en"),
        "pt": ("link na bio",),
        "fr": ("lien en bio",),
        "de": ("link in der bio",),
    },
    "buy": {
        "en": ("buy now", "shop now", "order now", "get yours", "add to cart", "use code"),
        "es": ("compra ya", "compra ahora"),
        "pt": ("compre agora",),
        "fr": ("achète maintenant", "achetez maintenant", "commandez"),
        "de": ("jetzt kaufen", "jetzt bestellen"),
    },
}  # fmt: skip
"""Whole-word phrases per kind and language; single words that also mean something else (get, like, the French comment) are
left out."""

_PADDED = tuple(
    (f" {phrase} ", (kind, language))
    for kind, languages in CALLS.items()
    for language, phrases in languages.items()
    for phrase in phrases
)


def plain(text: str) -> str:
    """The text with letters of a fancy typeface as the plain letters that a reader sees in them."""
    return str(_STYLED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text))


def words(text: str) -> tuple[str, ...]:
    """Words, case-folded; scripts written without spaces count each character as a word. Links, hashtags, mentions included."""
    if text.isascii():
        return tuple(_ASCII_WORD.findall(text.lower()))
    return tuple(word.casefold() for word in _WORD.findall(plain(text)))


def spaced(said: Sequence[str]) -> list[str]:
    """Those among words as `words` gives them that are no single characters of a script written without spaces."""
    return [word for word in said if word.isascii() or _CHARACTER.match(word) is None]


def calls_to_action(text: str) -> frozenset[str]:
    """The kinds of call to action in the text, by phrases of CALL_LANGUAGES; whole words only."""
    return frozenset(kind for kind, _ in _found(text))


def first_call(said: Sequence[str]) -> int | None:
    """The place of the word that begins the first call to action among words as `words` gives them; None without one."""
    padded = f" {' '.join(said)} "
    starts = [start for phrase, _ in _PADDED if (start := padded.find(phrase)) >= 0]
    return padded.count(" ", 0, min(starts)) if starts else None


def call_languages(text: str) -> tuple[str, ...]:
    """The languages in which the text calls to action, in the order of CALL_LANGUAGES."""
    found = {language for _, language in _found(text)}
    return tuple(language for language in CALL_LANGUAGES if language in found)


def _found(text: str) -> set[tuple[str, str]]:
    padded = f" {' '.join(words(text))} "
    return {called for phrase, called in _PADDED if phrase in padded}
