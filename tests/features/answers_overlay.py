"""What every feature of visual_overlay_analysis is in the hand-made analysis, worked out by hand from its timeline."""

EXPECTED: dict[str, float | str | None] = {
    "overlay_count": 3, "overlay_per_10s": 2.5, "overlay_time_share": 7 / 12, "overlay_mean_duration_s": 8 / 3,
    "overlay_max_duration_s": 3, "overlay_unique_share": 1, "overlay_word_count": 7, "overlay_words_per_text": 7 / 3,
    "overlay_max_at_once": 2, "overlay_mean_at_once": 8 / 7, "overlay_duration_variation": 0.176777,
    "overlay_rhythm_variation": 5 / 9, "overlay_time_trend": -0.25, "overlay_first_third_share": 2 / 3,
    "overlay_longest_gap_s": 5, "overlay_speech_share": 5 / 14, "overlay_starts_with_speech_share": 0,
    "overlay_starts_with_cut_share": 2 / 3, "overlay_hands_share": 3 / 7, "overlay_on_face_share": 0.5,
    "overlay_across_cut_share": 2 / 3, "overlay_first_s": 0, "overlay_hook_count": 2, "overlay_hook_share": 1,
    "overlay_hook_words": 4, "overlay_closing_share": 1, "overlay_closing_count": 1, "overlay_call_position": 0.75,
    "overlay_call_in_closing": 1, "overlay_fullest_position": 1 / 6, "overlay_position": "top", "overlay_top_share": 0.375,
    "overlay_bottom_share": 0.375, "overlay_off_centre": 0.0375, "overlay_area_mean": 0.055, "overlay_has_question": 0,
    "overlay_has_exclamation": 1, "overlay_number_share": 1 / 3, "overlay_capitals_share": 5 / 26, "overlay_call_count": 1,
    "overlay_script": "latin", "overlay_chars_per_s": 11 / 3, "overlay_too_fast_share": 0, "overlay_letter_height": 0.1,
    "overlay_safe_area_share": 0.25, "overlay_confidence": 0.9,
}  # fmt: skip
