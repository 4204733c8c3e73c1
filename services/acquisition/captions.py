"""Hashtags and mentions: read from captions, and brought to the one form in which they are compared."""

import re
import unicodedata
from collections.abc import Iterable

# A tag ends at white space, at the next mark, or at punctuation; letters of all scripts, digits and emoji belong to it.
_TAG = re.compile(r"[#＃]([^\s#＃@＠,.!?;:，。！？、…()\[\]{}\"'“”<>/\\|&*+=~^`]+)")
_MENTION = re.compile(r"[@＠]([\w.]*\w)")


def normal_tag(tag: str) -> str:
    """The form in which tags and handles are compared: without # and @, compatibility forms folded, small letters."""
    return unicodedata.normalize("NFKC", tag).strip().lstrip("#@").strip().casefold()


def caption_tags(caption: str) -> list[str]:
    """The hashtags of a caption in their order, without #."""
    return _TAG.findall(caption)


def caption_mentions(caption: str) -> list[str]:
    """The handles that a caption mentions in their order, without @."""
    return _MENTION.findall(caption)


def once_each(names: Iterable[str]) -> tuple[str, ...]:
    """Names without their mark, the first spelling of each, empty ones left out."""
    first: dict[str, str] = {}
    for name in names:
        bare = name.strip().lstrip("#＃@＠").strip()
        if normal_tag(bare):
            first.setdefault(normal_tag(bare), bare)
    return tuple(first.values())
