"""Declarations of visual_overlay_analysis: where texts stand, what they say, how legible they are (Patterns, Quality)."""

from shared.catalogue.feature import Analysis, Block, Source, Unit
from shared.catalogue.languages import COVERED, SCRIPTS
from shared.catalogue.section import Section
from shared.catalogue.visual_overlay_analysis.reasons import NO_KIND, NO_LETTERS, NO_TEXT, UNREAD

_patterns = Section(Analysis.VISUAL_OVERLAY, Block.PATTERNS, (Source.TEXT,))
_quality = Section(Analysis.VISUAL_OVERLAY, Block.QUALITY, (Source.TEXT,))

FEATURES = (
    _patterns.choice(
        "overlay_position", "Where text stands",
        "The third of the frame's height that holds the centres of the texts for the longest time; none without text.",
        ("none", "top", "middle", "bottom"),
        higher="Place texts here: {option}", lower="Do not place texts here: {option}",
    ),
    _patterns.share(
        "overlay_top_share", "Text in the top third",
        "Share of the summed screen time of all texts whose centre is in the top third of the frame.", undefined=NO_TEXT,
        higher="Place more texts in the top third", lower="Place fewer texts in the top third",
    ),
    _patterns.share(
        "overlay_bottom_share", "Text in the bottom third",
        "Share of the summed screen time of all texts whose centre is in the bottom third of the frame.", undefined=NO_TEXT,
        higher="Place more texts in the bottom third", lower="Place fewer texts in the bottom third",
    ),
    _patterns.share(
        "overlay_off_centre", "Text off centre",
        "Mean horizontal distance of the texts' centres from the middle of the frame, in frame widths, weighted by time.",
        undefined=NO_TEXT,
        higher="Place texts to a side", lower="Centre your texts",
    ),
    _patterns.share(
        "overlay_area_mean", "Area of a text", "Mean area of the texts' boxes as a fraction of the frame, weighted by time.",
        undefined=NO_TEXT,
        higher="Use larger blocks of text", lower="Use smaller blocks of text",
    ),
    _patterns.flag(
        "overlay_has_question", "Question on screen", "1 where some text has a question mark.",
        higher="Ask a question on screen", lower="Ask no question on screen",
    ),
    _patterns.flag(
        "overlay_has_exclamation", "Exclamation on screen", "1 where some text has an exclamation mark.",
        higher="Use an exclamation mark on screen", lower="Use no exclamation mark on screen",
    ),
    _patterns.share(
        "overlay_number_share", "Texts with numbers", "Share of the texts that have a digit.", undefined=NO_TEXT,
        higher="Put numbers into your texts", lower="Write texts without numbers",
    ),
    _patterns.share(
        "overlay_capitals_share", "Capital letters", "Share of capitals among the letters that have a case.",
        undefined="no text on screen has letters with a case",
        higher="Write more in capitals", lower="Write less in capitals",
    ),
    _patterns.count(
        "overlay_call_count", "Texts with a call to action",
        f"Number of texts with a call to action ({COVERED}).", "texts", undefined=UNREAD,
        higher="Put calls to action on screen more often", lower="Put calls to action on screen less often",
    ),
    _patterns.choice(
        "overlay_script", "Script on screen", "The script that most letters on screen belong to; none without letters.",
        SCRIPTS,
    ),
    _patterns.choice(
        "overlay_main_kind", "Usual kind of text",
        "The kind of text whose texts together are longest on screen: caption, title or sticker, which here is a text on a "
        "backing of its own or tilted, not a picture.",
        ("caption", "title", "sticker"), undefined=f"{NO_TEXT}, or {NO_KIND}",
        higher="Use mainly this kind of text: {option}", lower="Do not use mainly this kind of text: {option}",
    ),
    _patterns.choice(
        "overlay_course", "Course of the texts",
        "front or back where that half has at least 1.5 times as many new texts as the other; else even.",
        ("front", "even", "back"), undefined=NO_TEXT,
        higher="Distribute new texts this way: {option}", lower="Avoid this distribution of new texts: {option}",
    ),
    _patterns.share(
        "overlay_left_share", "Text on the left",
        "Share of the summed screen time of all texts whose centre is in the left third of the frame.", undefined=NO_TEXT,
        higher="Place more texts on the left", lower="Place fewer texts on the left",
    ),
    _patterns.share(
        "overlay_right_share", "Text on the right",
        "Share of the summed screen time of all texts whose centre is in the right third of the frame.", undefined=NO_TEXT,
        higher="Place more texts on the right", lower="Place fewer texts on the right",
    ),
    _patterns.count(
        "overlay_numbered_count", "Numbered texts", "Number of texts that begin with a number, as the points of a list do.",
        "texts",
        higher="Number your points on screen", lower="Do not number your points on screen",
    ),
    _patterns.share(
        "overlay_call_time_share", "Time with a call to action",
        f"Share of the duration with a call to action on screen ({COVERED}).", undefined=UNREAD,
        higher="Keep the call to action up longer", lower="Show the call to action only briefly",
    ),
    _patterns.share(
        "overlay_script_mix_share", "Mix of scripts", "Share of the letters on screen that are not of the most used script.",
        undefined="no letter is on screen",
        higher="Mix scripts on screen", lower="Keep to one script on screen",
    ),
    _quality.number(
        "overlay_chars_per_s", "Reading speed needed",
        "Median over the texts of their characters (as readers count them) divided by their time on screen.",
        unit=Unit.PER_SECOND, noun="characters", low=0.0, undefined=NO_TEXT,
        higher="Give texts less reading time", lower="Give viewers more time to read each text",
    ),
    _quality.share(
        "overlay_too_fast_share", "Texts too fast to read", "Share of the texts that need more than 20 characters per second.",
        undefined=NO_TEXT,
        higher="Flash texts faster than they can be read", lower="Show no text faster than 20 characters per second",
    ),
    _quality.share(
        "overlay_letter_height", "Height of letters",
        "Mean letter height (of each text the median of its lines) of the texts with measured letters, as a fraction of the "
        "frame.",
        undefined=NO_LETTERS,
        higher="Use larger letters", lower="Use smaller letters",
    ),
    _quality.share(
        "overlay_safe_area_share", "Text clear of the app's buttons",
        "Share of the summed screen time of all texts whose box keeps out of the top 10 %, the bottom 20 % and the right 12 %.",
        undefined=NO_TEXT,
        higher="Keep texts clear of the app's buttons and caption", lower="Texts may reach under the app's buttons",
    ),
    _quality.share(
        "overlay_confidence", "Legibility to the reader engine (proxy)",
        "Mean confidence of the text engine over the texts: a proxy for legibility.", undefined=NO_TEXT,
        higher="Make texts easier to read: plain font, strong contrast", lower="A decorative font is fine",
    ),
    _quality.share(
        "overlay_box_height", "Height of text blocks",
        "Mean height of the texts' boxes, all their lines together, as a fraction of the frame, weighted by time.",
        undefined=NO_TEXT,
        higher="Write in taller blocks of text", lower="Write in flatter blocks of text",
    ),
    _quality.positive(
        "overlay_letter_variation", "Variation of letter height",
        "Standard deviation of the texts' letter heights divided by their mean.",
        undefined="fewer than two texts have a measured letter height",
        higher="Mix large and small letters", lower="Keep one size of letters",
    ),
    _quality.share(
        "overlay_small_letter_share", "Texts in small letters",
        "Share of the texts with measured letters whose letters are lower than 2 % of the frame (38 px of 1920).",
        undefined=NO_LETTERS,
        higher="Small letters will do", lower="Make every text at least 2 % of the frame high",
    ),
    _quality.share(
        "overlay_flash_share", "Texts under a second", "Share of the texts that stay on screen for less than 1 s.",
        undefined=NO_TEXT,
        higher="Flash texts for less than a second", lower="Show every text for at least a second",
    ),
    _quality.share(
        "overlay_at_edge_share", "Text at the edge",
        "Share of the summed screen time of all texts whose box is within 2 % of the left or right edge of the frame.",
        undefined=NO_TEXT,
        higher="Let texts reach the sides of the frame", lower="Leave a margin at both sides of your texts",
    ),
)  # fmt: skip
