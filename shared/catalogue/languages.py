"""The closed lists of languages and scripts that features are one-hot over; anything else is `other`."""

LANGUAGES = (
    "en", "es", "pt", "fr", "de", "it", "nl", "id", "tr", "pl", "ru", "ar", "hi", "ja", "ko", "zh", "vi", "th", "other",
)  # fmt: skip
_COVERED = ("English", "Spanish", "Portuguese", "French", "German")
COVERED = ", ".join(_COVERED)
COVERED_AND = f"{', '.join(_COVERED[:-1])} and {_COVERED[-1]}"
COVERED_OR = f"{', '.join(_COVERED[:-1])} or {_COVERED[-1]}"
"""What the lists of words cover, as definitions name it: the languages of `shared.language.CALL_LANGUAGES`."""
SCRIPTS = ("none", "latin", "cyrillic", "arabic", "devanagari", "han", "kana", "hangul", "thai", "other")
UNSPACED = "Chinese, Japanese, Thai, Lao and Khmer"
"""The languages written without spaces between words."""
BY_CHARACTER = f"each character counts as one in {UNSPACED}"
