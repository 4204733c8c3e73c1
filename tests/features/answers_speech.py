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
    # words: 5 in [1, 3), 2 in [3.5, 4.5), 4 in [6, 8), uttered in 3.9 s, with four gaps of 0.2 s
    "speech_articulation_per_s": 11 / 3.9, "speech_word_length": 41 / 11, "speech_word_gap_s": 0.2,
    "speech_word_pauses_per_10s": 8, "speech_rate_variation": 0.108786, "speech_rate_trend": -1 / 3,
    "speech_shown_word_share": 0, "speech_call_position": 0.5, "speech_hook_asks": 1, "speech_address_share": 1 / 11,
    "speech_first_person_share": 1 / 11, "speech_filler_share": 0, "speech_clarity_proxy": 0.8,
    # the voice, and music in [0, 6); the middle [3, 9) has two segments
    "speech_pitch_hz": 200, "speech_pitch_range_semitones": 12, "speech_voiced_share": 0.8, "speech_middle_1_share": 1 / 3,
    "speech_middle_2_share": 2 / 3, "speech_middle_3_share": None, "speech_middle_4_share": None,
    "speech_over_music_share": 0.6, "speech_over_music_lift_db": 10 / 3, "speech_starts_with_text_share": 0,
    "speech_starts_with_gesture_share": 2 / 3,
}  # fmt: skip
