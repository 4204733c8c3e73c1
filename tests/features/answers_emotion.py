"""What every feature of emotional_journey is in the hand-made analysis, worked out by hand from its timeline."""

EXPECTED: dict[str, float | str | None] = {
    "emotion_loudness_mean_db": -20, "emotion_lufs": -14, "emotion_tempo_bpm": 120, "emotion_onsets_per_s": 5 / 12,
    "emotion_silence_share": 1 / 12, "emotion_timbre_hz": 19000 / 11, "emotion_smile_proxy": 0.3,
    "emotion_mouth_open_proxy": 0.2, "emotion_eyes_open_proxy": 0.3, "emotion_brightness": 0.5, "emotion_saturation": 0.4,
    "emotion_warmth": 0.5, "emotion_contrast": 0.2, "emotion_motion": 0.051667, "emotion_loudness_range_db": 15,
    "emotion_loudness_spread_db": 13.385315, "emotion_loudness_trend_db": -18.75, "emotion_onset_trend": -0.5,
    "emotion_onset_irregularity": 0.461078, "emotion_smile_proxy_spread": 0.191485, "emotion_smile_proxy_trend": None,
    "emotion_mouth_activity_proxy": 0.08165, "emotion_brightness_spread": 0.244949, "emotion_brightness_trend": -0.6,
    "emotion_saturation_spread": 0.141421, "emotion_warmth_trend": -0.3, "emotion_motion_trend": -0.05,
    "emotion_motion_spread": 0.038801, "emotion_motion_loudness_sync": 0.132372, "emotion_smile_loudness_sync": 0.23355,
    "emotion_smile_in_speech_proxy": 2 / 45, "emotion_cut_loudness_step_db": -2.5, "emotion_hook_loudness_db": 40 / 3,
    "emotion_closing_loudness_db": -20, "emotion_loudest_position": 1 / 12, "emotion_hook_onsets_per_s": 2 / 3,
    "emotion_hook_silence_share": 0, "emotion_longest_silence_s": 1, "emotion_hook_motion": 0.064444,
    "emotion_hook_brightness": 0.4, "emotion_hook_saturation": 4 / 15, "emotion_most_motion_position": 0,
    "emotion_hook_smile_proxy": 0.4, "emotion_closing_smile_proxy": None, "emotion_strongest_smile_proxy": 0.6,
    "emotion_energy_arc": "falling", "emotion_silence_count": 1, "emotion_dark_share": 1 / 3, "emotion_still_share": 1 / 3,
    "emotion_colour_mood": "neutral", "emotion_sharpness": 40 / 3, "emotion_sharpness_variation": 0.353553,
    "emotion_near_full_scale_share": 1 / 12,
    # neutral in [0, 2), a smile in [2, 4), neutral in [6, 7), surprise in [7, 8): 6 s with a read expression
    "emotion_smile_share": 1 / 3, "emotion_surprise_share": 1 / 6, "emotion_frown_share": 0, "emotion_neutral_share": 0.5,
    "emotion_main_expression": "neutral", "emotion_expression_kinds": 3, "emotion_smile_count": 1,
    "emotion_first_smile_s": 2, "emotion_first_surprise_s": 7, "emotion_expression_changes_per_10s": 5,
    "emotion_change_at_cut_share": 1 / 3, "emotion_hook_expressive_share": 1 / 3, "emotion_closing_expressive_share": None,
    "emotion_valence_trend_proxy": None, "emotion_expressive_in_speech_lift": 2.5 / 4.5 - 0.5 / 1.5,
    "emotion_expressive_with_text_lift": 0, "emotion_expressive_with_music_lift": 0,
    # momentary loudness is -12, -18 and -8 while a feeling shows, else -12, -12 and -18
    "emotion_loudness_of_expression_lu": -38 / 3 + 14, "emotion_loudest_moment_lu": 6, "emotion_loudness_range_lu": 8,
    "emotion_expression_strength": 0.6, "emotion_strong_moment_count": 2, "emotion_peak_position": 7 / 12,
    "emotion_brow_raise_proxy": 1.4 / 6, "emotion_brow_activity_proxy": 0.137437,
    "emotion_music_share": 0.5, "emotion_hook_music_share": 1, "emotion_palette_warm_share": 1 / 3,
    "emotion_palette_dominance": (4 * 0.6 + 8) / 12, "emotion_spoken_sentiment_proxy": 0,
    "emotion_screen_sentiment_proxy": 0,
    # the middle [3, 9) has two segments: -20 and -15 dB against -20, motion of 11/300 and 0.02 against 31/600
    "emotion_middle_1_loudness_db": 0, "emotion_middle_2_loudness_db": 5, "emotion_middle_3_loudness_db": None,
    "emotion_middle_4_loudness_db": None, "emotion_middle_1_motion": -0.015, "emotion_middle_2_motion": 0.02 - 31 / 600,
    "emotion_middle_3_motion": None, "emotion_middle_4_motion": None,
}  # fmt: skip
