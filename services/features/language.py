"""Reads text in any script: graphemes, emoji, links, hashtags, sentences, marks, scripts."""

from collections.abc import Mapping, Sequence

import regex  # type: ignore[import-untyped]  # ships no types

from shared.language import plain

_EMOJI = regex.compile(
    r"\p{RI}{2}|[0-9#*]\ufe0f?\u20e3|\p{Extended_Pictographic}(?:\p{EMod}|[\ufe0f\U000e0020-\U000e007f]|\u200d\p{Extended_Pictographic})*"
)
_NOT_EMOJI = frozenset("©®™‼⁉↔↕↖↗↘↙↩↪▪▫◼◻☑✔✖")
_LINK = regex.compile(r"https?://\S+|www\.\S+|\b[\w-]+\.(?:com|net|org|io|shop|store|co|me|ly|tv)\b(?:/\S*)?", regex.IGNORECASE)
_TAG = regex.compile(
    r"[#＃][\p{L}\p{N}_·][\p{L}\p{N}\p{M}_·\u200c\u200d]*|[@＠][\p{L}\p{N}_][\p{L}\p{N}\p{M}_·]*(?:\.[\p{L}\p{N}\p{M}_]+)*"
)
"""A name may have full stops inside it, a hashtag has none; at the end of either one ends the sentence."""
_SENTENCE = regex.compile(r"(?:[^\p{STerm}\n]|(?<=\p{N})\.(?=\p{N}))+\p{STerm}*")
"""Up to the closing marks of any script; the full stop in 3.99 is none."""
_SCRIPTS = {
    "latin": r"\p{Latin}", "cyrillic": r"\p{Cyrillic}", "arabic": r"\p{scx=Arabic}", "devanagari": r"\p{Devanagari}",
    "han": r"\p{Han}", "kana": r"[\p{scx=Hiragana}\p{scx=Katakana}]", "hangul": r"\p{Hangul}", "thai": r"\p{Thai}",
}  # fmt: skip
"""By extension where letters are shared by several scripts: the mark that lengthens a vowel, the stroke that widens a word."""
_SCRIPT_PATTERNS = {script: regex.compile(rf"(?V1)[{pattern}&&\p{{L}}]") for script, pattern in _SCRIPTS.items()}
_QUESTION_MARKS = frozenset("?？؟¿\u037e⸮՞")
_EXCLAMATION_MARKS = frozenset("!！¡")
_GRAPHEME = regex.compile(r"[ -~]+(?![^\x00-\x7f])|\X")
"""Plain letters in one go, but for the last one before any other: a mark may belong to it."""
_LETTER = regex.compile(r"\p{L}")


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
    text = text.replace("\r\n", "\n")
    return len(text) if text.isascii() else sum(len(one) if one.isascii() else 1 for one in _GRAPHEME.findall(text))


def emoji(text: str) -> tuple[str, ...]:
    """The emoji in order, joined sequences and flags as one each."""
    return tuple(found for found in _EMOJI.findall(text) if found not in _NOT_EMOJI)


def has_link(text: str) -> bool:
    """Whether a web address is in the text."""
    return _LINK.search(text) is not None


def has_question(text: str) -> bool:
    """Whether a question mark of any script is in the text."""
    return not _QUESTION_MARKS.isdisjoint(text)


def has_exclamation(text: str) -> bool:
    """Whether an exclamation mark is in the text."""
    return not _EXCLAMATION_MARKS.isdisjoint(text)


def has_digit(text: str) -> bool:
    """Whether a decimal digit of any script is in the text."""
    return any(map(str.isdecimal, text))


def script_counts(texts: Sequence[str]) -> dict[str, int]:
    """Letters per script, `other` for the rest, without the scripts that have none."""
    joined = "".join(texts)
    if joined.isascii():
        latin = sum(map(str.isalpha, joined))
        return {"latin": latin} if latin else {}
    joined = plain(joined)
    counts = {name: len(pattern.findall(joined)) for name, pattern in _SCRIPT_PATTERNS.items()}
    counts["other"] = len(_LETTER.findall(joined)) - sum(counts.values())
    return {name: count for name, count in counts.items() if count > 0}


def script(texts: Sequence[str]) -> str | None:
    """The script that most letters are written in; None where there are no letters."""
    return main_script(script_counts(texts))


def main_script(counts: Mapping[str, int]) -> str | None:
    """The script with the most letters; None where there are none."""
    return max(counts, key=counts.__getitem__) if counts else None
