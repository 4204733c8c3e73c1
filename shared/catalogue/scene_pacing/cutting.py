"""How often and how evenly the video is cut, and the file it is in."""

from shared.catalogue.feature import Analysis, Block, Source, Unit
from shared.catalogue.section import Section

_NO_CUT = "nothing is cut"
_core, _dynamics, _interactions, _events, _patterns, _quality = (
    Section(Analysis.SCENE_PACING, block, (Source.SCENES,)) for block in Block
)
_file = Section(Analysis.SCENE_PACING, Block.QUALITY, (Source.VIDEO,))

FEATURES = (
    _core.count(
        "scene_cut_count", "Cuts", "Number of cuts inside the video.", "cuts",
        higher="Use more cuts", lower="Use fewer cuts",
    ),
    _core.per_10_s(
        "scene_cuts_per_10s", "Cuts per 10 seconds", "Number of cuts divided by the duration, times ten.", noun="cuts",
        higher="Cut to a new shot more often", lower="Hold your shots longer",
    ),
    _core.seconds(
        "scene_shot_mean_s", "Average shot length", "Mean length of the shots.",
        higher="Let the average shot run longer", lower="Make the average shot shorter",
    ),
    _core.seconds(
        "scene_shot_median_s", "Typical shot length", "Median length of the shots.",
        higher="Let the typical shot run longer", lower="Keep the typical shot short",
    ),
    _core.seconds(
        "scene_shot_min_s", "Shortest shot", "Length of the shortest shot.",
        higher="Avoid very short flashes of a shot", lower="Include at least one very short shot",
    ),
    _core.seconds(
        "scene_shot_max_s", "Longest shot", "Length of the longest shot.",
        higher="Include one long take", lower="Break up the longest take",
    ),
    _core.share(
        "scene_short_shot_share", "Time in short shots", "Share of the duration spent in shots shorter than 2 s.",
        higher="Spend more of the video in shots under 2 seconds", lower="Spend less of the video in shots under 2 seconds",
    ),
    _core.share(
        "scene_long_shot_share", "Time in long shots", "Share of the duration spent in shots of 5 s or more.",
        higher="Spend more of the video in takes of 5 seconds or more", lower="Avoid takes of 5 seconds or more",
    ),
    _dynamics.positive(
        "scene_shot_variation", "Variation of shot lengths", "Standard deviation of the shot lengths divided by their mean.",
        undefined=_NO_CUT,
        higher="Mix long and short shots", lower="Keep your shots about equally long",
    ),
    _dynamics.share(
        "scene_rhythm_contrast", "Contrast between neighbouring shots",
        "Mean over neighbouring shots of the difference of their lengths divided by the sum.", undefined=_NO_CUT,
        higher="Follow a long shot with a short one", lower="Change the shot length gradually",
    ),
    _dynamics.number(
        "scene_pace_trend", "Change of cutting pace",
        "Cuts per 10 s in the last third of the video minus those in the first third.", unit=Unit.PER_10_S, noun="cuts",
        higher="Cut faster towards the end", lower="Cut fastest at the start",
    ),
    _dynamics.share(
        "scene_first_third_cut_share", "Cuts in the first third",
        "Share of the cuts that fall in the first third of the video.", undefined=_NO_CUT,
        higher="Put more of your cuts in the first third", lower="Save your cuts for later in the video",
    ),
    _dynamics.share(
        "scene_middle_third_cut_share", "Cuts in the middle third",
        "Share of the cuts that fall in the middle third of the video.", undefined=_NO_CUT,
        higher="Put more of your cuts in the middle", lower="Cut less in the middle",
    ),
    _interactions.share(
        "scene_cut_on_onset_share", "Cuts on a sound",
        "Share of the cuts that are at most 0.1 s from an audio onset (a beat, a note, a syllable).",
        also=(Source.AUDIO,), undefined=_NO_CUT,
        higher="Cut where a sound sets in", lower="Cut where no sound sets in",
    ),
    _interactions.change(
        "scene_cut_on_onset_excess", "Cuts on a sound beyond chance",
        "Share of the cuts at most 0.1 s from an audio onset, minus the share of the duration that is that near to one.",
        also=(Source.AUDIO,), undefined=_NO_CUT,
        higher="Time your cuts to the sound on purpose", lower="Do not time your cuts to the sound",
    ),
    _interactions.share(
        "scene_cut_in_pause_share", "Cuts in speech pauses",
        "Share of the cuts that fall between two stretches of speech, in a pause of any length.", also=(Source.SPEECH,),
        undefined=_NO_CUT,
        higher="Cut in the pauses of your speech", lower="Cut while you speak, not in the pauses",
    ),
    _interactions.share(
        "scene_cut_with_text_share", "Cuts with a new text",
        "Share of the cuts that are at most 0.5 s from the start of a text on screen.", also=(Source.TEXT,), undefined=_NO_CUT,
        higher="Show a new text with each cut", lower="Let new texts appear within a shot",
    ),
    _interactions.number(
        "scene_cut_brightness_step", "Change of brightness at cuts",
        "Mean absolute change of picture brightness from the last looked-at frame before a cut to the first one after it, each "
        "within its shot.", also=(Source.VISUALS,), low=0.0, high=1.0,
        undefined="nothing is cut, or no two neighbouring shots were looked at",
        higher="Cut between dark and bright pictures", lower="Keep the brightness even across cuts",
    ),
    _events.seconds(
        "scene_first_cut_s", "First cut", "Time of the first cut.", undefined=_NO_CUT,
        higher="Hold the opening shot longer", lower="Make the first cut earlier",
    ),
    _events.seconds(
        "scene_last_shot_s", "Final shot length", "Time from the last cut to the end.", undefined=_NO_CUT,
        higher="Hold the final shot longer", lower="Keep cutting until the very end",
    ),
    _events.count(
        "scene_hook_cut_count", "Cuts in the hook", "Number of cuts in the hook.", "cuts",
        higher="Cut more within the first 3 seconds", lower="Cut less within the first 3 seconds",
    ),
    _events.count(
        "scene_closing_cut_count", "Cuts in the closing", "Number of cuts in the closing.", "cuts",
        higher="Cut more within the last 3 seconds", lower="Cut less within the last 3 seconds",
    ),
    _events.share(
        "scene_longest_shot_position", "Position of the longest shot",
        "Start of the longest shot (the first of equals) divided by the duration.", undefined=_NO_CUT,
        higher="Put your longest take late", lower="Put your longest take early",
    ),
    _events.count(
        "scene_busiest_3s_cuts", "Cuts in the busiest 3 seconds", "Largest number of cuts in any 3 s of the video.", "cuts",
        higher="Include one burst of quick cuts", lower="Avoid bursts of quick cuts",
    ),
    _patterns.choice(
        "scene_pace_class", "Cutting pace",
        "single_shot without a cut; slow below 2, medium below 5, fast from 5 cuts per 10 s.",
        ("single_shot", "slow", "medium", "fast"),
        higher="Edit at this pace: {option}", lower="Avoid this pace: {option}",
    ),
    _patterns.choice(
        "scene_pace_pattern", "Course of the cutting pace",
        "front_loaded or back_loaded where the first or the last half has at least 1.5 times as many cuts as the other; else "
        "even.", ("front_loaded", "even", "back_loaded"), undefined=_NO_CUT,
        higher="Distribute your cuts this way: {option}", lower="Avoid this distribution of cuts: {option}",
    ),
    _patterns.count(
        "scene_burst_count", "Bursts of cuts", "Number of runs of at least 3 cuts with less than 1 s from each to the next.",
        "bursts",
        higher="Add bursts of quick cuts", lower="Avoid bursts of quick cuts",
    ),
    _patterns.flag(
        "scene_hook_faster", "Hook is cut faster", "1 where the hook has more cuts per second than the rest of the video.",
        higher="Cut the first 3 seconds faster than the rest", lower="Cut the first 3 seconds no faster than the rest",
    ),
    _file.number(
        "scene_frames_per_second", "Frame rate",
        "Frames per second of the analyzed file, as the platform delivers it.", unit=Unit.PER_SECOND, noun="frames",
        low=0.0,
        higher="Export at a higher frame rate", lower="Export at a lower frame rate",
    ),
    _file.number(
        "scene_short_side_px", "Resolution",
        "Length of the shorter side of the displayed frame in the analyzed file, as the platform delivers it.",
        unit=Unit.PIXELS, low=1.0,
    ),
    _file.choice(
        "scene_orientation", "Frame shape",
        "vertical where the frame is over 1.2 times as high as wide, horizontal where over 1.2 times as wide as high, else "
        "square.", ("vertical", "square", "horizontal"),
        higher="Film in this format: {option}", lower="Avoid this format: {option}",
    ),
)  # fmt: skip
