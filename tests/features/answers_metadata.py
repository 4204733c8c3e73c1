"""What every feature of metadata_analysis is in the hand-made analysis, worked out by hand from its timeline."""

EXPECTED: dict[str, float | str | None] = {
    "meta_duration_s": 12, "meta_caption_chars": 70, "meta_caption_words": 8, "meta_hashtag_count": 3, "meta_mention_count": 1,
    "meta_emoji_count": 2, "meta_caption_lines": 2, "meta_hashtag_char_share": 21 / 58, "meta_emoji_per_word": 0.25,
    "meta_word_length": 3.25, "meta_hashtag_length": 6, "meta_post_hour": 18.5, "meta_weekend": 1,
    "meta_caption_on_screen_share": 0.625, "meta_hashtag_in_words_share": 1 / 3,
    "meta_opens_with_question": 1, "meta_opens_with_emoji": 0, "meta_opens_with_hashtag": 0, "meta_ends_with_hashtag": 1,
    "meta_call_follow": 0, "meta_call_like": 0, "meta_call_comment": 0, "meta_call_share": 0, "meta_call_save": 1,
    "meta_call_link": 1, "meta_call_buy": 0, "meta_call_count": 2, "meta_has_question": 1, "meta_has_exclamation": 1,
    "meta_has_number": 1, "meta_has_link": 0, "meta_capital_words": 1, "meta_generic_hashtag_share": 1 / 3,
    "meta_hashtag_strategy": "few", "meta_weekday": "saturday", "meta_daypart": "evening", "meta_language": "en",
    "meta_script": "latin", "meta_original_sound": 1, "meta_creator_size": "micro", "meta_creator_followers_log10": 5,
    "meta_creator_videos_log10": 1, "meta_creator_verified": 0, "meta_is_sponsored": 1,
    "meta_unique_word_share": 1, "meta_repeated_hashtags": 0, "meta_folded_caption": 0,
    # of 70 characters, hashtags start at 47, 52 and 65; the first line has 33; "want" and "this" of 8 words are spoken
    "meta_caption_sentences": 3, "meta_first_line_chars": 33, "meta_script_count": 1, "meta_aspect_ratio": 0.5625,
    "meta_hashtag_position": (47 + 52 + 65) / 3 / 70, "meta_hashtag_camel_share": 1 / 3, "meta_hours_from_noon": 6.5,
    "meta_caption_spoken_share": 0.25, "meta_language_spoken": 1, "meta_opens_with_mention": 0, "meta_ends_with_emoji": 0,
    "meta_is_reply": 0, "meta_is_duet_or_stitch": 0, "meta_sentiment_proxy": 0, "meta_emoji_sentiment_proxy": 1,
    "meta_addresses_viewer": 0, "meta_first_person": 0, "meta_urgency": 0, "meta_curiosity": 0, "meta_is_series": 0,
    "meta_specific_hashtag_count": 2, "meta_emoji_kinds": 1,
}  # fmt: skip
