"""What every feature of speech_analysis is in the hand-made analysis, worked out by hand from its timeline."""

EXPECTED: dict[str, float | str | None] = {
    "speech_share": 5 / 12, "speech_stretch_count": 3, "speech_stretches_per_10s": 2.5, "speech_stretch_mean_s": 5 / 3,
    "speech_stretch_max_s": 2, "speech_word_count": 11, "speech_words_per_s": 2.2, "speech_unique_word_share": 10 / 11,
    "speech_pause_count": 2, "speech_pause_mean_s": 1, "speech_pause_max_s": 1.5, "speech_stretch_variation": 0.282843,
    "speech_pause_variation": 0.5, "speech_share_trend": -0.625, "speech_middle_third_share": 0.625,
    "speech_with_text_share": 0.5, "speech_with_hands_share": 0.6, "speech_cuts_per_10s": 4, "speech_loudness_lift_db": 12,
    "speech_motion_lift": 0.001429, "speech_starts_with_cut_share": 1 / 3, "speech_role": "on_camera", "speech_first_s": 1,
    "speech_after_last_s": 4, "speech_hook_share": 2 / 3, "speech_closing_share": 0, "speech_longest_position": 1 / 12,
    "speech_in_first_second": 0, "speech_hook_words": 5, "speech_course": "front", "speech_asks": 1, "speech_calls": 1,
    "speech_language": "en", "speech_fragment_share": 0, "speech_level_db": -13, "speech_level_spread_db": 6,
}  # fmt: skip
