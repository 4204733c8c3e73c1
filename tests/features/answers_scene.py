"""What every feature of scene_pacing is in the hand-made analysis, worked out by hand from its timeline."""

EXPECTED: dict[str, float | str | None] = {
    "scene_cut_count": 4, "scene_cuts_per_10s": 10 / 3, "scene_shot_mean_s": 2.4, "scene_shot_median_s": 2,
    "scene_shot_min_s": 1, "scene_shot_max_s": 5, "scene_short_shot_share": 1 / 6, "scene_long_shot_share": 5 / 12,
    "scene_shot_variation": 0.62361, "scene_rhythm_contrast": 0.3125, "scene_pace_trend": -2.5,
    "scene_first_third_cut_share": 0.5, "scene_middle_third_cut_share": 0.25, "scene_cut_on_beat_share": 0.5,
    "scene_cut_on_beat_excess": 5 / 12, "scene_cut_in_pause_share": 0.25, "scene_cut_with_text_share": 0.5,
    "scene_cut_brightness_step": 0.075, "scene_first_cut_s": 2, "scene_last_shot_s": 3, "scene_hook_cut_count": 1,
    "scene_closing_cut_count": 1, "scene_longest_shot_position": 1 / 3, "scene_busiest_3s_cuts": 3,
    "scene_pace_class": "medium", "scene_pace_pattern": "front_loaded", "scene_burst_count": 0, "scene_hook_faster": 0,
    "scene_frames_per_second": 30, "scene_short_side_px": 720, "scene_orientation": "vertical",
}  # fmt: skip
