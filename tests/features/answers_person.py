"""What every feature of person_framing is in the hand-made analysis, worked out by hand from its timeline."""

EXPECTED: dict[str, float | str | None] = {
    "person_face_share": 0.5, "person_body_share": 1 / 3, "person_hands_share": 1 / 3, "person_face_area_mean": 0.09,
    "person_face_area_max": 0.12, "person_close_up_share": 1 / 3, "person_wide_share": 0, "person_max_faces": 2,
    "person_group_share": 1 / 12, "person_track_count": 3, "person_face_area_variation": 0.471405,
    "person_face_share_trend": -1, "person_face_area_trend": None, "person_sway_x": 0.141421, "person_sway_y": 0.011785,
    "person_shot_size_changes": 3, "person_face_visits": 2, "person_longest_absence_s": 4,
    "person_face_while_speech_share": 0.9, "person_hands_with_speech_share": 0.75, "person_hands_with_face_share": 0.75,
    "person_gesture_on_text_share": 0, "person_face_after_cut_share": 0.5, "person_first_face_s": 0,
    "person_hook_face_share": 1, "person_closing_face_share": 0, "person_hook_hands_share": 2 / 3,
    "person_hook_close_up_share": 1, "person_largest_face_position": 0, "person_first_gesture_s": 1,
    "person_shot_size": "no_face", "person_place": "centre", "person_off_centre": 0.1, "person_face_height_in_frame": 0.358333,
    "person_facing_camera_proxy": 2 / 3, "person_yaw_mean": 10, "person_tilt_mean": 4, "person_gesture_count": 2,
    "person_gesture_kinds": 2, "person_open_palm_share": 0.5, "person_pointing_share": 0.25, "person_thumbs_up_share": 0,
    "person_fist_share": 0, "person_victory_share": 0, "person_both_hands_share": 0.25, "person_hands_raised_share": 0.25,
    "person_face_confidence": 0.9, "person_face_cropped_share": 0, "person_headroom": 7 / 30,
}  # fmt: skip
