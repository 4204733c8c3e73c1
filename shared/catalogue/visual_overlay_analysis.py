"""Declarations of visual_overlay_analysis: the texts on screen."""

from shared.catalogue.feature import Analysis, Block, Source, Unit
from shared.catalogue.languages import SCRIPTS
from shared.catalogue.section import Section

_NO_TEXT = "no text is on screen"
_NO_CALL = "no text on screen calls to action"
_core, _dynamics, _interactions, _events, _patterns, _quality = (
    Section(Analysis.VISUAL_OVERLAY, block, (Source.TEXT,)) for block in Block
)

FEATURES = (
    _core.count(
        "overlay_count", "Texts on screen", "Number of texts that appear on screen.", "texts",
        higher="Use more texts on screen", lower="Use fewer texts on screen",
    ),
    _core.per_10_s(
        "overlay_per_10s", "Texts per 10 seconds", "Number of texts on screen divided by the duration, times ten.",
        noun="texts",
        higher="Bring new texts more often", lower="Bring new texts less often",
    ),
    _core.share(
        "overlay_time_share", "Time with text", "Share of the duration with at least one text on screen.",
        higher="Keep text on screen for more of the video", lower="Leave more of the video without text",
    ),
    _core.seconds(
        "overlay_mean_duration_s", "Average time per text", "Mean time that a text stays on screen.", undefined=_NO_TEXT,
        higher="Let each text stay longer", lower="Show each text for a shorter time",
    ),
    _core.seconds(
        "overlay_max_duration_s", "Longest text", "Longest time that one text stays on screen, 0 without text.",
        higher="Keep one text, such as a title, up for longer", lower="Take down every text sooner",
    ),
    _core.share(
        "overlay_unique_share", "Different texts", "Share of the texts whose words (whatever their case) no earlier text had.",
        undefined=_NO_TEXT,
        higher="Say something new with each text", lower="Repeat a key text",
    ),
    _core.count(
        "overlay_word_count", "Words on screen", "Number of words in all texts together.", "words",
        higher="Write more words on screen", lower="Write fewer words on screen",
    ),
    _core.positive(
        "overlay_words_per_text", "Words per text", "Mean number of words of a text.", noun="words", undefined=_NO_TEXT,
        higher="Write longer texts", lower="Keep each text to a few words",
    ),
    _core.count(
        "overlay_max_at_once", "Texts at once", "Largest number of texts on screen at the same time.", "texts",
        higher="Show several texts at once", lower="Show one text at a time",
    ),
    _core.positive(
        "overlay_mean_at_once", "Texts at once on average", "Mean number of texts on screen over the time with at least one.",
        noun="texts", undefined=_NO_TEXT,
        higher="Layer texts", lower="Keep texts apart in time",
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
        "Share of the texts that start in the first third of the video.", undefined=_NO_TEXT,
        higher="Bring your texts early", lower="Bring your texts later",
    ),
    _dynamics.seconds(
        "overlay_longest_gap_s", "Longest time without text", "Longest stretch of the video without any text on screen.",
        higher="Leave a longer stretch without text", lower="Never leave the screen long without text",
    ),
    _interactions.share(
        "overlay_speech_share", "Text while someone speaks", "Share of the time with text on screen in which someone speaks.",
        also=(Source.SPEECH,), undefined=_NO_TEXT,
        higher="Show text while you speak", lower="Show text while nobody speaks",
    ),
    _interactions.share(
        "overlay_starts_with_speech_share", "Texts that start with speech",
        "Share of the texts that start at most 0.5 s from the start of a stretch of speech.", also=(Source.SPEECH,),
        undefined=_NO_TEXT,
        higher="Bring texts as you start to speak", lower="Bring texts apart from the start of speech",
    ),
    _interactions.share(
        "overlay_starts_with_cut_share", "Texts that start with a cut",
        "Share of the texts that start at most 0.5 s from a cut.", also=(Source.SCENES,), undefined=_NO_TEXT,
        higher="Bring texts right at a cut", lower="Bring texts within a shot",
    ),
    _interactions.share(
        "overlay_hands_share", "Text while hands are seen", "Share of the time with text on screen in which a hand is seen.",
        also=(Source.PEOPLE,), undefined=_NO_TEXT,
        higher="Show your hands while text is on screen", lower="Keep hands out of the picture while text is on screen",
    ),
    _interactions.share(
        "overlay_on_face_share", "Text over the face",
        "Share of the time with both text and face in which a text's box overlaps the main face's box.", also=(Source.PEOPLE,),
        undefined="text and face are never on screen together",
        higher="Put text over the face", lower="Keep text off the face",
    ),
    _interactions.share(
        "overlay_across_cut_share", "Texts that run across a cut",
        "Share of the texts that are on screen 0.2 s before and after some cut.", also=(Source.SCENES,), undefined=_NO_TEXT,
        higher="Let texts stay across cuts", lower="Take texts down at each cut",
    ),
    _events.seconds(
        "overlay_first_s", "First text", "Time at which the first text appears.", undefined=_NO_TEXT,
        higher="Wait before you show the first text", lower="Show the first text sooner",
    ),
    _events.count(
        "overlay_hook_count", "Texts in the hook", "Number of texts that start in the first 3 s.", "texts",
        higher="Start more texts within the first 3 seconds", lower="Start fewer texts within the first 3 seconds",
    ),
    _events.share(
        "overlay_hook_share", "Hook with text", "Share of the hook with text on screen.",
        higher="Have text on screen during the first 3 seconds", lower="Leave the first 3 seconds without text",
    ),
    _events.count(
        "overlay_hook_words", "Words in the hook", "Number of words of the texts that are on screen during the hook.", "words",
        higher="Give the first 3 seconds more to read", lower="Give the first 3 seconds less to read",
    ),
    _events.share(
        "overlay_closing_share", "Closing with text", "Share of the closing with text on screen.",
        higher="Have text on screen during the last 3 seconds", lower="Leave the last 3 seconds without text",
    ),
    _events.count(
        "overlay_closing_count", "New texts in the closing", "Number of texts that start in the last 3 s.", "texts",
        higher="Bring a new text within the last 3 seconds", lower="Bring no new text within the last 3 seconds",
    ),
    _events.share(
        "overlay_call_position", "Position of the call to action",
        "Start of the first text that calls to action (English, Spanish, Portuguese, French, German) divided by the duration.",
        undefined=_NO_CALL,
        higher="Put the call to action late", lower="Put the call to action early",
    ),
    _events.flag(
        "overlay_call_in_closing", "Call to action at the end",
        "1 where a text that calls to action is on screen during the closing.",
        higher="Show a call to action during the last 3 seconds", lower="Show no call to action during the last 3 seconds",
    ),
    _events.share(
        "overlay_fullest_position", "Position of the fullest screen",
        "Start of the first moment with the largest number of texts at once, divided by the duration.", undefined=_NO_TEXT,
        higher="Fill the screen with text late", lower="Fill the screen with text early",
    ),
    _patterns.choice(
        "overlay_position", "Where text stands",
        "The third of the frame's height that holds the centres of the texts for the longest time; none without text.",
        ("none", "top", "middle", "bottom"),
        higher="Place texts here: {option}", lower="Do not place texts here: {option}",
    ),
    _patterns.share(
        "overlay_top_share", "Text in the top third",
        "Share of the summed screen time of all texts whose centre is in the top third of the frame.", undefined=_NO_TEXT,
        higher="Place more texts in the top third", lower="Place fewer texts in the top third",
    ),
    _patterns.share(
        "overlay_bottom_share", "Text in the bottom third",
        "Share of the summed screen time of all texts whose centre is in the bottom third of the frame.", undefined=_NO_TEXT,
        higher="Place more texts in the bottom third", lower="Place fewer texts in the bottom third",
    ),
    _patterns.share(
        "overlay_off_centre", "Text beside the middle",
        "Mean horizontal distance of the texts' centres from the middle of the frame, in frame widths, weighted by time.",
        undefined=_NO_TEXT,
        higher="Place texts to a side", lower="Centre your texts",
    ),
    _patterns.share(
        "overlay_area_mean", "Area of a text", "Mean area of the texts' boxes as a fraction of the frame, weighted by time.",
        undefined=_NO_TEXT,
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
        "overlay_number_share", "Texts with numbers", "Share of the texts that have a digit.", undefined=_NO_TEXT,
        higher="Put numbers into your texts", lower="Write texts without numbers",
    ),
    _patterns.share(
        "overlay_capitals_share", "Capital letters", "Share of the letters that have a case which are capitals.",
        undefined="no text on screen has letters with a case",
        higher="Write more in capitals", lower="Write less in capitals",
    ),
    _patterns.count(
        "overlay_call_count", "Texts that call to action",
        "Number of texts that call to action (English, Spanish, Portuguese, French, German).", "texts",
        higher="Call to action more often on screen", lower="Call to action less often on screen",
    ),
    _patterns.choice(
        "overlay_script", "Script on screen", "The script that most letters on screen belong to; none without letters.",
        SCRIPTS,
    ),
    _quality.number(
        "overlay_chars_per_s", "Reading speed needed",
        "Median over the texts of their characters (as readers count them) divided by their time on screen.",
        unit=Unit.PER_SECOND, noun="characters", low=0.0, undefined=_NO_TEXT,
        higher="Give texts less reading time", lower="Give viewers more time to read each text",
    ),
    _quality.share(
        "overlay_too_fast_share", "Texts too fast to read", "Share of the texts that need more than 20 characters per second.",
        undefined=_NO_TEXT,
        higher="Flash texts faster than they can be read", lower="Show no text faster than 20 characters per second",
    ),
    _quality.share(
        "overlay_letter_height", "Height of text",
        "Mean height of the texts' boxes as a fraction of the frame, weighted by time.", undefined=_NO_TEXT,
        higher="Use larger letters", lower="Use smaller letters",
    ),
    _quality.share(
        "overlay_safe_area_share", "Text clear of the app's buttons",
        "Share of the summed screen time of all texts whose box keeps out of the top 10 %, the bottom 20 % and the right 12 %.",
        undefined=_NO_TEXT,
        higher="Keep texts clear of the app's buttons and caption", lower="Texts may reach under the app's buttons",
    ),
    _quality.share(
        "overlay_confidence", "Legibility to the reader engine (proxy)",
        "Mean confidence of the text engine over the texts: a proxy for legibility.", undefined=_NO_TEXT,
        higher="Make texts easier to read: plain font, strong contrast", lower="A decorative font is fine",
    ),
)  # fmt: skip
