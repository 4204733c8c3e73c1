"""What every feature of creative_density is in the hand-made analysis, worked out by hand from its timeline."""

EXPECTED: dict[str, float | str | None] = {
    "density_elements_per_s": 7 / 6, "density_max_in_1_s": 3, "density_empty_share": 5 / 24, "density_layers_mean": 11 / 6,
    "density_layers_max": 4, "density_kind_count": 5, "density_variation": 0.914732, "density_trend": -1.5,
    "density_first_third_share": 4 / 7, "density_middle_third_share": 2 / 7, "density_longest_lull_s": 3,
    "density_layers_trend": -2.125, "density_text_with_speech_share": 5 / 24, "density_text_with_face_share": 1 / 3,
    "density_text_with_hands_share": 0.25, "density_speech_with_face_share": 0.375, "density_speech_with_hands_share": 0.25,
    "density_face_with_hands_share": 0.25, "density_cut_during_text_share": 0.75, "density_cut_during_speech_share": 0.5,
    "density_cut_during_face_share": 0.5, "density_cut_during_hands_share": 0.5, "density_sync_share": 1,
    "density_peak_count": 1, "density_peak_position": 0, "density_peak_share": 3 / 7, "density_hook_count": 6,
    "density_closing_count": 2, "density_hook_lift": 12 / 7, "density_hook_layers": 10 / 3, "density_closing_layers": 4 / 3,
    "density_lull_count": 2, "density_arc": "front", "density_class": "dense", "density_main_kind": "cut",
    "density_balance": 0.978042, "density_strong_opening": 1, "density_crowded_share": 7 / 24,
    "density_single_layer_share": 5 / 24,
}  # fmt: skip
