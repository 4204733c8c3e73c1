"""Declarations of metadata_analysis: what is known before posting. Outcomes (views, likes, ...) are no features."""

from shared.catalogue.feature import Analysis, Block, Source, Unit
from shared.catalogue.languages import LANGUAGES, SCRIPTS
from shared.catalogue.section import Section

_NO_WORDS = "the caption has no words besides hashtags and mentions"
_NO_TAGS = "there is no hashtag"
_NOT_SCRAPED = "the scraper did not say"
_CALL_LANGUAGES = "English, Spanish, Portuguese, French or German"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_core, _dynamics, _interactions, _events, _patterns, _quality = (
    Section(Analysis.METADATA, block, (Source.METADATA,)) for block in Block
)
_file = Section(Analysis.METADATA, Block.CORE, (Source.VIDEO,))

FEATURES = (
    _file.seconds(
        "meta_duration_s", "Duration", "Duration of the probed file.",
        higher="Make the video longer", lower="Make the video shorter",
    ),
    _core.count(
        "meta_caption_chars", "Caption length", "Characters of the caption as readers count them, an emoji as one.",
        "characters",
        higher="Write a longer caption", lower="Write a shorter caption",
    ),
    _core.count(
        "meta_caption_words", "Words in the caption", "Words of the caption without links, hashtags and mentions.", "words",
        higher="Write more words in the caption", lower="Write fewer words in the caption",
    ),
    _core.count(
        "meta_hashtag_count", "Hashtags", "Number of hashtags.", "hashtags",
        higher="Use more hashtags", lower="Use fewer hashtags",
    ),
    _core.count(
        "meta_mention_count", "Mentions", "Number of accounts mentioned.", "mentions",
        higher="Mention other accounts", lower="Mention fewer accounts",
    ),
    _core.count(
        "meta_emoji_count", "Emoji", "Number of emoji in the caption; joined ones and flags count once.", "emoji",
        higher="Use more emoji in the caption", lower="Use fewer emoji in the caption",
    ),
    _core.count(
        "meta_caption_lines", "Lines of the caption", "Number of lines of the caption that are not empty.", "lines",
        higher="Break the caption into lines", lower="Write the caption in one line",
    ),
    _dynamics.share(
        "meta_hashtag_char_share", "Caption made of hashtags",
        "Share of the caption's characters (without white space) that belong to hashtags.", undefined="the caption is empty",
        higher="Let hashtags make up more of the caption", lower="Let hashtags make up less of the caption",
    ),
    _dynamics.positive(
        "meta_emoji_per_word", "Emoji per word", "Emoji divided by words of the caption without links, hashtags and mentions.",
        undefined=_NO_WORDS,
        higher="Use more emoji per word", lower="Use fewer emoji per word",
    ),
    _dynamics.positive(
        "meta_word_length", "Length of words",
        "Mean number of characters of the caption's words without links, hashtags, mentions.", noun="characters",
        undefined=_NO_WORDS,
        higher="Use longer words", lower="Use shorter words",
    ),
    _dynamics.positive(
        "meta_hashtag_length", "Length of hashtags", "Mean number of characters of the hashtags.", noun="characters",
        undefined=_NO_TAGS,
        higher="Use longer, more specific hashtags", lower="Use shorter hashtags",
    ),
    _dynamics.number(
        "meta_post_hour", "Posting hour", "Hour of posting in UTC.", unit=Unit.HOUR, low=0.0, high=24.0,
        higher="Post later in the day", lower="Post earlier in the day",
    ),
    _dynamics.flag(
        "meta_weekend", "Posted at the weekend", "1 where posted on Saturday or Sunday (UTC).",
        higher="Post at the weekend", lower="Post during the week",
    ),
    _interactions.share(
        "meta_caption_on_screen_share", "Caption repeated on screen",
        "Share of the caption's different words (without links, hashtags, mentions) that are on screen too.",
        also=(Source.TEXT,), undefined=_NO_WORDS,
        higher="Repeat the caption's words on screen", lower="Use other words on screen than in the caption",
    ),
    _interactions.share(
        "meta_hashtag_in_words_share", "Hashtags backed by words",
        "Share of the hashtags that stand, in one word or split, in the caption's words or on screen.", also=(Source.TEXT,),
        undefined=_NO_TAGS,
        higher="Say on screen or in the caption what your hashtags promise", lower="Use hashtags that add new words",
    ),
    _interactions.number(
        "meta_caption_words_per_s", "Caption words per second of video",
        "Words of the caption without links, hashtags and mentions, divided by the duration.", also=(Source.VIDEO,),
        unit=Unit.PER_SECOND, noun="words", low=0.0,
        higher="Write a longer caption for the length of the video",
        lower="Write a shorter caption for the length of the video",
    ),
    _events.flag(
        "meta_opens_with_question", "Caption opens with a question",
        "1 where the caption's first sentence ends with a question mark.",
        higher="Open the caption with a question", lower="Do not open the caption with a question",
    ),
    _events.flag(
        "meta_opens_with_emoji", "Caption opens with an emoji", "1 where the caption starts with an emoji.",
        higher="Open the caption with an emoji", lower="Do not open the caption with an emoji",
    ),
    _events.flag(
        "meta_opens_with_hashtag", "Caption opens with a hashtag", "1 where the caption starts with a hashtag.",
        higher="Open the caption with a hashtag", lower="Put hashtags after the words",
    ),
    _events.flag(
        "meta_ends_with_hashtag", "Caption ends with a hashtag", "1 where the last word of the caption is a hashtag.",
        higher="Put hashtags at the end", lower="End the caption with words",
    ),
    *(
        _events.flag(
            f"meta_call_{kind}", f"Caption asks to {words}", f"1 where the caption asks to {words}, in {_CALL_LANGUAGES}.",
            higher=f"Ask viewers to {words}", lower=f"Do not ask viewers to {words}",
        )
        for kind, words in (
            ("follow", "follow"), ("like", "like"), ("comment", "comment"), ("share", "share or tag"),
            ("save", "save the video"),
            ("link", "use the link"), ("buy", "buy"),
        )
    ),
    _events.count(
        "meta_call_count", "Kinds of calls to action",
        f"Number of kinds of calls to action in the caption, in {_CALL_LANGUAGES}.", "kinds",
        higher="Call to action in more ways", lower="Call to action in fewer ways",
    ),
    _patterns.flag(
        "meta_has_question", "Question in the caption", "1 where the caption has a question mark.",
        higher="Ask a question in the caption", lower="Ask no question in the caption",
    ),
    _patterns.flag(
        "meta_has_exclamation", "Exclamation in the caption", "1 where the caption has an exclamation mark.",
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
        undefined=_NO_TAGS,
        higher="Use generic hashtags", lower="Use specific hashtags instead of fyp or viral",
    ),
    _patterns.choice(
        "meta_hashtag_strategy", "Use of hashtags", "none; few up to 3; some up to 7; many up to 15; flood above.",
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
        "meta_original_sound", "Original sound", "1 where the sound is the post's own.", undefined=_NOT_SCRAPED,
        higher="Use your own sound", lower="Use an existing sound",
    ),
    _patterns.choice(
        "meta_creator_size", "Size of the creator",
        "Followers: nano below 10 thousand, micro below 100 thousand, mid below 500 thousand, macro below 1 million, mega "
        "above.", ("nano", "micro", "mid", "macro", "mega"), undefined=_NOT_SCRAPED,
    ),
    _patterns.number(
        "meta_creator_followers_log10", "Followers (orders of magnitude)",
        "Decimal logarithm of the creator's followers plus one.", low=0.0, undefined=_NOT_SCRAPED,
    ),
    _patterns.number(
        "meta_creator_videos_log10", "Videos of the creator (orders of magnitude)",
        "Decimal logarithm of the number of the creator's videos plus one.", low=0.0, undefined=_NOT_SCRAPED,
    ),
    _patterns.flag(
        "meta_creator_verified", "Verified creator", "1 where the account is verified.", undefined=_NOT_SCRAPED,
    ),
    _patterns.flag(
        "meta_is_ad", "Advertisement", "1 where the platform marks the post as an ad.", undefined=_NOT_SCRAPED,
    ),
    _patterns.flag(
        "meta_is_sponsored", "Sponsored", "1 where the post is marked as sponsored.", undefined=_NOT_SCRAPED,
    ),
    _quality.share(
        "meta_unique_word_share", "Different words in the caption",
        "Share of the caption's words, without links, hashtags and mentions, that differ from the ones before.",
        undefined=_NO_WORDS,
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
