"""Declarations of visual_overlay_analysis: how much text and graphics, and how that changes (CoreMetrics, Dynamics)."""

from shared.catalogue.feature import Analysis, Block, Source, Unit
from shared.catalogue.languages import BY_CHARACTER
from shared.catalogue.section import Section
from shared.catalogue.segments import per_segment
from shared.catalogue.visual_overlay_analysis.reasons import NO_GRAPHIC, NO_KIND, NO_TEXT

_core = Section(Analysis.VISUAL_OVERLAY, Block.CORE, (Source.TEXT,))
_core_graphics = Section(Analysis.VISUAL_OVERLAY, Block.CORE, (Source.GRAPHICS,))
_dynamics = Section(Analysis.VISUAL_OVERLAY, Block.DYNAMICS, (Source.TEXT,))

FEATURES = (
    _core.count(
        "overlay_count", "Texts on screen", "Number of texts that appear on screen.", "texts",
        higher="Use more texts on screen", lower="Use fewer texts on screen",
    ),
    _core.per_10_s(
        "overlay_per_10s", "Texts per 10 seconds", "Number of texts on screen divided by the duration, times ten.",
        noun="texts",
        higher="Show new texts more often", lower="Show new texts less often",
    ),
    _core.share(
        "overlay_time_share", "Time with text", "Share of the duration with at least one text on screen.",
        higher="Keep text on screen for more of the video", lower="Leave more of the video without text",
    ),
    _core.seconds(
        "overlay_mean_duration_s", "Average time per text", "Mean time that a text stays on screen.", undefined=NO_TEXT,
        higher="Let each text stay longer", lower="Show each text for a shorter time",
    ),
    _core.seconds(
        "overlay_max_duration_s", "Longest text", "Longest time that one text stays on screen, 0 without text.",
        higher="Keep one text, such as a title, up for longer", lower="Take down every text sooner",
    ),
    _core.share(
        "overlay_unique_share", "Different texts", "Share of the texts whose words (whatever their case) no earlier text had.",
        undefined=NO_TEXT,
        higher="Say something new with each text", lower="Repeat a key text",
    ),
    _core.count(
        "overlay_word_count", "Words on screen", f"Number of words in all texts together; {BY_CHARACTER}.", "words",
        higher="Write more words on screen", lower="Write fewer words on screen",
    ),
    _core.positive(
        "overlay_words_per_text", "Words per text", f"Mean number of words of a text; {BY_CHARACTER}.", noun="words",
        undefined=NO_TEXT,
        higher="Write longer texts", lower="Keep each text to a few words",
    ),
    _core.count(
        "overlay_max_at_once", "Texts at once", "Largest number of texts on screen at the same time.", "texts",
        higher="Show several texts at once", lower="Show one text at a time",
    ),
    _core.positive(
        "overlay_mean_at_once", "Texts at once on average", "Mean number of texts on screen over the time with at least one.",
        noun="texts", undefined=NO_TEXT,
        higher="Layer texts", lower="Keep texts apart in time",
    ),
    _core.share(
        "overlay_caption_time_share", "Time with captions",
        "Share of the duration with a caption on screen: text that follows the speech or changes line by line.",
        undefined=NO_KIND,
        higher="Caption what is said", lower="Leave out running captions",
    ),
    _core.count(
        "overlay_title_count", "Titles", "Number of titles: texts that stand large or alone.", "titles", undefined=NO_KIND,
        higher="Set more titles", lower="Set fewer titles",
    ),
    _core.count(
        "overlay_text_sticker_count", "Text stickers",
        "Number of text stickers: texts on a backing of their own, or tilted. Pictures are counted apart.", "texts",
        undefined=NO_KIND,
        higher="Put short texts on stickers", lower="Use fewer text stickers",
    ),
    _core.count(
        "overlay_scene_text_count", "Lettering in the scene",
        "Number of texts in the filmed world, such as signs and labels; they are no overlays and count nowhere else.", "texts",
        undefined=NO_KIND,
        higher="Show labels and signs to the camera", lower="Keep labels and signs out of the picture",
    ),
    _core.share(
        "overlay_scene_text_time_share", "Time with lettering in the scene",
        "Share of the duration with lettering of the filmed world, such as a sign or a label, in the picture.",
        undefined=NO_KIND,
        higher="Keep a label or a sign in the picture", lower="Show labels and signs only briefly",
    ),
    _core_graphics.count(
        "overlay_sticker_count", "Picture stickers and emoji",
        "Number of small pictures without letters put on the video: stickers and emoji. Text stickers are counted apart.",
        "stickers",
        higher="Put more stickers or emoji on the video", lower="Put fewer stickers or emoji on the video",
    ),
    _core_graphics.count(
        "overlay_insert_count", "Inserted pictures", "Number of photos, screens or logos put on the video.", "inserts",
        higher="Insert more photos or screenshots", lower="Insert fewer photos or screenshots",
    ),
    _core_graphics.share(
        "overlay_graphic_time_share", "Time with graphics", "Share of the duration with a sticker or an insert on screen.",
        higher="Keep stickers or inserts on screen longer", lower="Leave the picture free of stickers and inserts",
    ),
    _core_graphics.share(
        "overlay_graphic_area_mean", "Area of a graphic",
        "Mean area of stickers and inserts as a fraction of the frame, weighted by time.", undefined=NO_GRAPHIC,
        higher="Use larger stickers and inserts", lower="Use smaller stickers and inserts",
    ),
    _dynamics.positive(
        "overlay_duration_variation", "Variation of text times",
        "Standard deviation of the times that texts stay on screen, divided by their mean.",
        undefined="fewer than two texts are on screen",
        higher="Mix short and long lasting texts", lower="Show all texts for about the same time",
    ),
    _dynamics.positive(
        "overlay_rhythm_variation", "Irregularity of new texts",
        "Standard deviation of the times from one text's start to the next, divided by their mean.",
        undefined="fewer than three texts start at different times",
        higher="Let texts come irregularly", lower="Let texts come at a steady beat",
    ),
    _dynamics.change(
        "overlay_time_trend", "Change of time with text",
        "Share of the last third with text on screen minus that of the first third.",
        higher="Use more text towards the end", lower="Use text mainly at the start",
    ),
    _dynamics.share(
        "overlay_first_third_share", "Texts in the first third",
        "Share of the texts that start in the first third of the video.", undefined=NO_TEXT,
        higher="Show your texts early", lower="Show your texts later",
    ),
    _dynamics.seconds(
        "overlay_longest_gap_s", "Longest time without text", "Longest stretch of the video without any text on screen.",
        higher="Leave a longer stretch without text", lower="Never leave the screen without text for long",
    ),
    _dynamics.number(
        "overlay_load_trend_per_s", "Change of the reading load",
        "Characters to read per second (each text's spread evenly over its time) in the last third minus those in the first.",
        unit=Unit.PER_SECOND, noun="characters",
        higher="Give more to read towards the end", lower="Give most to read at the start",
    ),
    _dynamics.share(
        "overlay_middle_share", "Middle with text", "Share of the time between hook and closing with text on screen.",
        undefined="the video is 6 s or shorter and has no middle",
        higher="Keep text on screen through the middle", lower="Leave the middle without text",
    ),
    *per_segment(
        _dynamics.share, "overlay_middle_{n}_share", "Text in {segment}", "Share of {segment} with text on screen.",
        higher="Show text for more of {segment}", lower="Show text for less of {segment}",
    ),
    _dynamics.share(
        "overlay_quick_succession_share", "Texts in quick succession",
        "Share of the texts after the first that start less than 1 s after the one before.",
        undefined="fewer than two texts are on screen",
        higher="Let texts follow quickly on each other", lower="Give each text at least a second before the next",
    ),
    _dynamics.share(
        "overlay_moving_share", "Moving texts", "Share of the texts watched for movement that move while they are on screen.",
        undefined="no text is on screen, or whether texts move was not measured",
        higher="Animate your texts", lower="Let texts stand still",
    ),
)  # fmt: skip
