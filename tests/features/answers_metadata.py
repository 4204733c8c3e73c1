"""What every feature of metadata_analysis is in the hand-made analysis, worked out by hand from its timeline."""

EXPECTED: dict[str, float | str | None] = {
    "meta_duration_s": 12, "meta_caption_chars": 70, "meta_caption_words": 8, "meta_hashtag_count": 3, "meta_mention_count": 1,
    "meta_emoji_count": 2, "meta_caption_lines": 2, "meta_hashtag_char_share": 21 / 58, "meta_emoji_per_word": 0.25,
    "meta_word_length": 3.25, "meta_hashtag_length": 6, "meta_post_hour": 18.5, "meta_weekend": 1,
    "meta_caption_on_screen_share": 0.625, "meta_hashtag_in_words_share": 1 / 3, "meta_caption_words_per_s": 2 / 3,
    "meta_opens_with_question": 1, "meta_opens_with_emoji": 0, "meta_opens_with_hashtag": 0, "meta_ends_with_hashtag": 1,
    "meta_call_follow": 0, "meta_call_like": 0, "meta_call_comment": 0, "meta_call_share": 0, "meta_call_save": 1,
    "meta_call_link": 1, "meta_call_buy": 0, "meta_call_count": 2, "meta_has_question": 1, "meta_has_exclamation": 1,
    "meta_has_number": 1, "meta_has_link": 0, "meta_capital_words": 1, "meta_generic_hashtag_share": 1 / 3,
    "meta_hashtag_strategy": "few", "meta_weekday": "saturday", "meta_daypart": "evening", "meta_language": "en",
    "meta_script": "latin", "meta_original_sound": 1, "meta_creator_size": "micro", "meta_creator_followers_log10": 5,
    "meta_creator_videos_log10": 1, "meta_creator_verified": 0, "meta_is_ad": 0, "meta_is_sponsored": 1,
    "meta_unique_word_share": 1, "meta_repeated_hashtags": 0, "meta_folded_caption": 0,
}  # fmt: skip
