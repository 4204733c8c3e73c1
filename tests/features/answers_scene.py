"""What every feature of scene_pacing is in the hand-made analysis, worked out by hand from its timeline."""

EXPECTED: dict[str, float | str | None] = {
    "scene_cut_count": 4, "scene_cuts_per_10s": 10 / 3, "scene_shot_mean_s": 2.4, "scene_shot_median_s": 2,
    "scene_shot_min_s": 1, "scene_shot_max_s": 5, "scene_short_shot_share": 1 / 6, "scene_long_shot_share": 5 / 12,
    "scene_shot_variation": 0.62361, "scene_rhythm_contrast": 0.3125, "scene_pace_trend": -2.5,
    "scene_first_third_cut_share": 0.5, "scene_middle_third_cut_share": 0.25, "scene_cut_on_onset_share": 0.5,
    "scene_cut_on_onset_excess": 5 / 12, "scene_cut_in_pause_share": 0.25, "scene_cut_with_text_share": 0.5,
    "scene_cut_brightness_step": 0.075, "scene_first_cut_s": 2, "scene_last_shot_s": 3, "scene_hook_cut_count": 1,
    "scene_closing_cut_count": 1, "scene_longest_shot_position": 1 / 3, "scene_busiest_3s_cuts": 3,
    "scene_pace_class": "medium", "scene_pace_pattern": "front_loaded", "scene_burst_count": 0, "scene_hook_faster": 0,
    "scene_frames_per_second": 30, "scene_short_side_px": 720, "scene_orientation": "vertical",
    # rhythm: shots of 2, 1, 1, 5, 3 s, beats at 1, 2.05, 3.1, 4.15, 5.2 s; the middle [3, 9) has two segments
    "scene_shots_under_1s_share": 0, "scene_middle_1_cuts_per_10s": 20 / 3, "scene_middle_2_cuts_per_10s": 0,
    "scene_middle_3_cuts_per_10s": None, "scene_middle_4_cuts_per_10s": None, "scene_shot_length_trend": 0.566947,
    "scene_quickening_share": 0.5, "scene_steady_share": 0.25, "scene_cut_on_beat_share": 0.5,
    "scene_beat_with_cut_share": 0.4, "scene_beats_per_shot": 1, "scene_shortest_shot_position": 1 / 6,
    "scene_busiest_3s_position": 1 / 6, "scene_half_cuts_position": 0.25, "scene_opening_shot_ratio": 5 / 6,
    "scene_last_shot_ratio": 1.25, "scene_longest_take_share": 5 / 12, "scene_glimpse_share": 0,
    # transitions: two cuts, a fade, a dissolve; two flashes
    "scene_fade_count": 1, "scene_dissolve_count": 1, "scene_flashes_per_10s": 5 / 3,
    "scene_cut_at_speech_start_share": 0.5, "scene_hard_cut_share": 0.5,
    # camera: 0.2 in [1, 2), still in [5, 9), zooming in [10, 12), not followed elsewhere
    "scene_camera_speed": 0.2 / 7, "scene_camera_still_share": 4 / 7, "scene_camera_speed_spread": 0.069985,
    "scene_camera_trend": -0.2, "scene_moving_shot_share": 1 / 3, "scene_camera_in_speech_lift": 1 / 15,
    "scene_hook_camera_speed": 0.2, "scene_zoom_in_share": 2 / 7, "scene_zoom_out_share": 0,
    "scene_middle_1_camera_speed": 0, "scene_middle_2_camera_speed": 0, "scene_middle_3_camera_speed": None,
    "scene_middle_4_camera_speed": None, "scene_closing_camera_speed": 0,
}  # fmt: skip
