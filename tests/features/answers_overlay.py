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
    "overlay_script": "latin", "overlay_chars_per_s": 11 / 3, "overlay_too_fast_share": 0, "overlay_letter_height": 0.19 / 3,
    "overlay_safe_area_share": 0.25, "overlay_confidence": 0.9,
    # a title for 3 s, a sticker for 2 s, a caption for 3 s; a small picture in [1, 3), an insert in [5, 8)
    "overlay_caption_time_share": 0.25, "overlay_title_count": 1, "overlay_text_sticker_count": 1,
    "overlay_scene_text_count": 0, "overlay_scene_text_time_share": 0, "overlay_main_kind": "caption",
    "overlay_hook_title_share": 1, "overlay_sticker_count": 1, "overlay_insert_count": 1,
    "overlay_graphic_time_share": 5 / 12, "overlay_graphic_area_mean": (2 * 0.02 + 3 * 0.24) / 5,
    "overlay_graphic_with_text_share": 0.4, "overlay_graphic_with_cut_share": 0, "overlay_graphic_in_speech_share": 0.8,
    "overlay_first_graphic_s": 1, "overlay_hook_graphic_share": 2 / 3,
    # 15 characters in [0, 3), 6 in [2, 4), 11 in [9, 12): 5, 3 and 11/3 per second
    "overlay_load_trend_per_s": 11 / 4 - 21 / 4, "overlay_hook_load_per_s": 6, "overlay_peak_load_per_s": 8,
    "overlay_middle_share": 1 / 6, "overlay_quick_succession_share": 0, "overlay_moving_share": 1 / 3,
    "overlay_spoken_word_share": 0, "overlay_on_beat_share": 1 / 3, "overlay_on_onset_share": 1 / 3,
    "overlay_with_gesture_share": 0, "overlay_pointed_share": 0, "overlay_motion_lift": 0.55 / 7 - 0.07 / 5,
    "overlay_call_with_speech_share": 0, "overlay_hook_question": 0, "overlay_hook_number": 1, "overlay_call_in_hook": 0,
    "overlay_first_duration_s": 3, "overlay_after_last_s": 0, "overlay_busiest_3s_count": 2, "overlay_course": "front",
    "overlay_left_share": 0, "overlay_right_share": 0, "overlay_numbered_count": 1, "overlay_call_time_share": 0.25,
    "overlay_script_mix_share": 0, "overlay_box_height": 0.1, "overlay_letter_variation": 0.196929,
    "overlay_small_letter_share": 0, "overlay_flash_share": 0, "overlay_at_edge_share": 0,
    # the middle [3, 9) has two segments
    "overlay_middle_1_share": 1 / 3, "overlay_middle_2_share": 0, "overlay_middle_3_share": None,
    "overlay_middle_4_share": None,
    # stickers and inserts in [1, 3) and [5, 8); the middle [3, 9) has two segments
    "overlay_middle_1_graphic_share": 1 / 3, "overlay_middle_2_graphic_share": 2 / 3, "overlay_middle_3_graphic_share": None,
    "overlay_middle_4_graphic_share": None, "overlay_closing_graphic_share": 0,
}  # fmt: skip
