"""What every feature of person_framing is in the hand-made analysis, worked out by hand from its timeline."""

EXPECTED: dict[str, float | str | None] = {
    "person_face_share": 0.5, "person_body_share": 1 / 3, "person_hands_share": 1 / 3, "person_face_area_mean": 0.09,
    "person_face_area_max": 0.12, "person_close_up_share": 1 / 3, "person_wide_share": 0, "person_max_faces": 2,
    "person_group_share": 1 / 12, "person_face_area_variation": 0.471405,
    "person_face_share_trend": -1, "person_face_area_trend": None, "person_sway_x": 0, "person_sway_y": 0,
    "person_shot_size_changes": 3, "person_face_visits": 2, "person_longest_absence_s": 4,
    "person_face_while_speech_share": 0.9, "person_hands_with_speech_share": 0.75, "person_hands_with_face_share": 0.75,
    "person_gesture_on_text_share": 0, "person_face_after_cut_share": 0.5, "person_first_face_s": 0,
    "person_hook_face_share": 1, "person_closing_face_share": 0, "person_hook_hands_share": 2 / 3,
    "person_hook_close_up_share": 1, "person_largest_face_position": 0, "person_first_gesture_s": 1,
    "person_shot_size": "no_face", "person_place": "centre", "person_off_centre": 0.1, "person_face_position_y": 0.358333,
    "person_facing_camera_proxy": 2 / 3, "person_yaw_mean": 10, "person_tilt_mean": 4, "person_gesture_count": 2,
    "person_gesture_kinds": 2, "person_open_palm_share": 0.5, "person_pointing_share": 0.25, "person_thumbs_up_share": 0,
    "person_fist_share": 0, "person_victory_share": 0, "person_both_hands_share": 0.25, "person_hands_raised_share": 0.25,
    "person_face_confidence_proxy": 0.9, "person_face_cropped_share": 0, "person_headroom": 7 / 30,
    # people in [0, 4), [6, 8) and [7, 8); close-up until 4 s, to the waist in [6, 8)
    "person_count": 3, "person_main_share": 4 / 7, "person_second_entry_s": 6, "person_late_entry_count": 2,
    "person_framed_close_up_share": 1 / 3, "person_framed_medium_share": 1 / 6, "person_framed_full_share": 0,
    "person_framing_changes_per_10s": 10 / 12, "person_reframed_cut_share": 0, "person_hook_framing": "close_up",
    # looks into the camera in [0, 2), [3, 4) and [7, 8) of 6 s with a gaze
    "person_gaze_share": 2 / 3, "person_hook_gaze_share": 2 / 3, "person_gaze_in_speech_share": 5 / 9,
    "person_first_gaze_s": 0, "person_longest_gaze_s": 2, "person_looks_per_10s": 2.5,
    "person_hook_gesture_share": 2 / 3, "person_gesture_in_speech_share": 1, "person_pointing_with_text_share": 0,
    "person_counting_share": 0, "person_waving_share": 0, "person_holding_share": 0,
    # the middle [3, 9) has two segments
    "person_middle_1_face_share": 1 / 3, "person_middle_2_face_share": 2 / 3, "person_middle_3_face_share": None,
    "person_middle_4_face_share": None,
    "person_middle_1_hands_share": 0, "person_middle_2_hands_share": 1 / 3, "person_middle_3_hands_share": None,
    "person_middle_4_hands_share": None, "person_closing_hands_share": 1 / 3, "person_middle_1_gesture_share": 0,
    "person_middle_2_gesture_share": 1 / 3, "person_middle_3_gesture_share": None, "person_middle_4_gesture_share": None,
    "person_closing_gesture_share": 0, "person_middle_1_gaze_share": 1, "person_middle_2_gaze_share": 0.5,
    "person_middle_3_gaze_share": None, "person_middle_4_gaze_share": None, "person_closing_gaze_share": None,
}  # fmt: skip
