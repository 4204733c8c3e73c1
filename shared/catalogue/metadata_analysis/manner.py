"""Declarations of metadata_analysis: how the caption is written, hashtags, language, sound and creator (Patterns, Quality)."""

from shared.catalogue.feature import Analysis, Block, Source
from shared.catalogue.languages import COVERED_AND, COVERED_OR, LANGUAGES, SCRIPTS
from shared.catalogue.metadata_analysis.reasons import (
    NO_TAGS,
    NO_WORDS,
    NOT_COVERED,
    NOT_LISTED,
    NOT_SCRAPED,
)
from shared.catalogue.section import Section

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_patterns = Section(Analysis.METADATA, Block.PATTERNS, (Source.METADATA,))
_quality = Section(Analysis.METADATA, Block.QUALITY, (Source.METADATA,))

FEATURES = (
    _patterns.flag(
        "meta_has_question", "Question in the caption",
        "1 where the caption, without links, hashtags and mentions, has a question mark.",
        higher="Ask a question in the caption", lower="Ask no question in the caption",
    ),
    _patterns.flag(
        "meta_has_exclamation", "Exclamation in the caption",
        "1 where the caption, without links, hashtags and mentions, has an exclamation mark.",
        higher="Use an exclamation mark in the caption", lower="Use no exclamation mark in the caption",
    ),
    _patterns.flag(
        "meta_has_number", "Number in the caption", "1 where the caption, without links, hashtags and mentions, has a digit.",
        higher="Put a number into the caption", lower="Leave numbers out of the caption",
    ),
    _patterns.flag(
        "meta_has_link", "Link in the caption", "1 where the caption has a web address.",
        higher="Put a link into the caption", lower="Leave links out of the caption",
    ),
    _patterns.count(
        "meta_capital_words", "Words in capitals",
        "Number of the caption's words of two or more letters that are all capitals.", "words",
        higher="Write some words in capitals", lower="Write no words in capitals",
    ),
    _patterns.share(
        "meta_generic_hashtag_share", "Generic hashtags",
        "Share of the hashtags that are fyp, foryou, foryoupage, viral, trending, tiktok, explore, parati, fy or xyzbca.",
        undefined=NO_TAGS,
        higher="Use generic hashtags", lower="Use specific hashtags instead of fyp or viral",
    ),
    _patterns.choice(
        "meta_hashtag_strategy", "Use of hashtags",
        "none without hashtags; few up to 3; some up to 7; many up to 15; flood above.",
        ("none", "few", "some", "many", "flood"),
        higher="Use hashtags like this: {option}", lower="Avoid this use of hashtags: {option}",
    ),
    _patterns.choice(
        "meta_weekday", "Posting day", "Day of posting (UTC).", _DAYS,
        higher="Post on {option}", lower="Avoid posting on {option}",
    ),
    _patterns.choice(
        "meta_daypart", "Time of posting", "night from 0 h, morning from 6 h, afternoon from 12 h, evening from 18 h UTC.",
        ("night", "morning", "afternoon", "evening"),
        higher="Post at this time (UTC): {option}", lower="Avoid this time (UTC): {option}",
    ),
    _patterns.choice(
        "meta_language", "Language of the post", "The language that the platform names.", LANGUAGES,
        undefined="the platform names no language",
    ),
    _patterns.choice(
        "meta_script", "Script of the caption", "The script of most letters of the caption; none without.", SCRIPTS,
    ),
    _patterns.flag(
        "meta_original_sound", "Original sound", "1 where the sound is the post's own.", undefined=NOT_SCRAPED,
        higher="Use your own sound", lower="Use an existing sound",
    ),
    _patterns.choice(
        "meta_creator_size", "Size of the creator",
        "Followers when scraped: nano below 10 thousand, micro below 100 thousand, mid below 500 thousand, macro below "
        "1 million, mega above.", ("nano", "micro", "mid", "macro", "mega"), undefined=NOT_SCRAPED,
    ),
    _patterns.number(
        "meta_creator_followers_log10", "Followers (orders of magnitude)",
        "Decimal logarithm of one more than the number of the creator's followers when scraped.", low=0.0,
        undefined=NOT_SCRAPED,
    ),
    _patterns.number(
        "meta_creator_videos_log10", "Videos of the creator (orders of magnitude)",
        "Decimal logarithm of one more than the number of the creator's videos when scraped.", low=0.0, undefined=NOT_SCRAPED,
    ),
    _patterns.flag(
        "meta_creator_verified", "Verified creator", "1 where the account is verified.", undefined=NOT_SCRAPED,
    ),
    _patterns.flag(
        "meta_is_sponsored", "Sponsored", "1 where the post is marked as sponsored.", undefined=NOT_SCRAPED,
    ),
    _patterns.number(
        "meta_sentiment_proxy", "Feeling of the caption (proxy)",
        f"Good words minus bad ones, divided by all words of the caption without links, hashtags and mentions; lists in "
        f"{COVERED_AND}.",
        low=-1.0, high=1.0, undefined="the caption has no words, or none in a covered language",
        higher="Write the caption in positive words", lower="Name in the caption what is bad or goes wrong",
    ),
    _patterns.number(
        "meta_emoji_sentiment_proxy", "Feeling of the emoji (proxy)",
        "Clearly good emoji minus clearly bad ones, divided by both together.", low=-1.0, high=1.0,
        undefined="no emoji of the lists is in the caption",
        higher="Use hearts, smiles and other good emoji", lower="Use angry, sad or other bad emoji",
    ),
    _patterns.flag(
        "meta_addresses_viewer", "Caption addresses the viewer",
        f"1 where the caption has a word for the viewer (you, your), by the list of its own language ({COVERED_OR}).",
        undefined=NOT_LISTED,
        higher="Address the viewer in the caption: you, your", lower="Write the caption without you and your",
    ),
    _patterns.flag(
        "meta_first_person", "Caption speaks of oneself",
        f"1 where the caption has a word for the writer (I, my, we), by the list of its own language ({COVERED_OR}).",
        undefined=NOT_LISTED,
        higher="Write the caption about yourself: I, my", lower="Write the caption without I and my",
    ),
    _patterns.flag(
        "meta_urgency", "Urgency in the caption",
        f"1 where the caption urges (last chance, today only, hurry), in {COVERED_OR}.", undefined=NOT_COVERED,
        higher="Give a reason to act now", lower="Leave out urgency",
    ),
    _patterns.flag(
        "meta_curiosity", "Curiosity in the caption",
        f"1 where the caption teases (wait for it, POV, did you know), in {COVERED_OR}.", undefined=NOT_COVERED,
        higher="Tease what comes: wait for it, did you know", lower="Say it without teasing",
    ),
    _patterns.flag(
        "meta_is_series", "Part of a series",
        f"1 where the caption numbers a part, day or episode (part 2), in {COVERED_OR}.",
        undefined=NOT_COVERED, higher="Make it a numbered series", lower="Make videos that stand alone",
    ),
    _patterns.count(
        "meta_specific_hashtag_count", "Specific hashtags",
        "Number of different hashtags that are none of the generic ones (fyp, viral and the like).", "hashtags",
        higher="Use more hashtags of your topic", lower="Use fewer hashtags of your topic",
    ),
    _patterns.count(
        "meta_emoji_kinds", "Different emoji", "Number of different emoji in the caption.", "emoji",
        higher="Use different emoji", lower="Stay with one emoji, or none",
    ),
    _quality.share(
        "meta_unique_word_share", "Different words in the caption",
        "Share of the caption's words, without links, hashtags and mentions, that differ from the ones before.",
        undefined=NO_WORDS,
        higher="Avoid repeating words in the caption", lower="Repeat key words in the caption",
    ),
    _quality.count(
        "meta_repeated_hashtags", "Repeated hashtags",
        "Number of hashtags that already stand in the list, whatever their case.", "hashtags",
        higher="Repeat hashtags", lower="Use each hashtag once",
    ),
    _quality.flag(
        "meta_folded_caption", "Caption is folded",
        "1 where the caption has over 100 characters, about what is shown before 'more'.",
        higher="Write more than the first visible line", lower="Say it within the first 100 characters",
    ),
)  # fmt: skip
