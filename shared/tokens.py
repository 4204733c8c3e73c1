"""The one function that turns a human name into a token for subjects, message ids, prefixes and rows."""

import hashlib
import re
import unicodedata

MAX_TOKEN = 48
_TOKEN = re.compile(rf"[a-z0-9-]{{1,{MAX_TOKEN}}}")


def slug(name: str) -> str:
    """A token `^[a-z0-9-]{1,48}$` for any text.

    Latin text keeps its letters ("Stateside Grower" -> "stateside-grower"). Where characters had to be dropped
    (other scripts, emoji) or the result is too long, eight hex digits of the name's sha256 keep different names apart.
    """
    text = unicodedata.normalize("NFKD", name.strip().lower())
    text = "".join(char for char in text if not unicodedata.combining(char))
    token = re.sub(r"[\s@#&._/-]+", "-", text).strip("-")
    kept = re.sub(r"[^a-z0-9-]", "", token).strip("-")
    if kept == token and 0 < len(kept) <= MAX_TOKEN:
        return kept
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{kept[: MAX_TOKEN - 9]}-{digest}".strip("-")


def is_token(text: str) -> bool:
    """Whether a text can stand in a subject as it is: no wildcard, no dot, no space."""
    return _TOKEN.fullmatch(text) is not None
