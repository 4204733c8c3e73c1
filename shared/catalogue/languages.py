"""The closed lists of languages and scripts that features are one-hot over; anything else is `other`."""

LANGUAGES = (
    "en", "es", "pt", "fr", "de", "it", "nl", "id", "tr", "pl", "ru", "ar", "hi", "ja", "ko", "zh", "vi", "th", "other",
)  # fmt: skip
SCRIPTS = ("none", "latin", "cyrillic", "arabic", "devanagari", "han", "kana", "hangul", "thai", "other")
