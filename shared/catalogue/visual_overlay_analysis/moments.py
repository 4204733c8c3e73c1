"""Declarations of visual_overlay_analysis: what texts and graphics come with, and when (Interactions, KeyEvents)."""

from shared.catalogue.feature import Analysis, Block, Source, Unit
from shared.catalogue.languages import COVERED
from shared.catalogue.section import Section
from shared.catalogue.timeline import over_time
from shared.catalogue.visual_overlay_analysis.reasons import NO_CALL, NO_GRAPHIC, NO_KIND, NO_TEXT, UNREAD

_interactions = Section(Analysis.VISUAL_OVERLAY, Block.INTERACTIONS, (Source.TEXT,))
_interactions_graphics = Section(Analysis.VISUAL_OVERLAY, Block.INTERACTIONS, (Source.GRAPHICS,))
_events = Section(Analysis.VISUAL_OVERLAY, Block.KEY_EVENTS, (Source.TEXT,))
_events_graphics = Section(Analysis.VISUAL_OVERLAY, Block.KEY_EVENTS, (Source.GRAPHICS,))

FEATURES = (
    _interactions.share(
        "overlay_speech_share", "Text while someone speaks", "Share of the time with text on screen in which someone speaks.",
        also=(Source.SPEECH,), undefined=NO_TEXT,
        higher="Show text while you speak", lower="Show text while nobody speaks",
    ),
    _interactions.share(
        "overlay_starts_with_speech_share", "Texts that start with speech",
        "Share of the texts that start at most 0.5 s from the start of a stretch of speech.", also=(Source.SPEECH,),
        undefined=NO_TEXT,
        higher="Show texts as you start to speak", lower="Show texts apart from the start of speech",
    ),
    _interactions.share(
        "overlay_starts_with_cut_share", "Texts that start with a cut",
        "Share of the texts that start at most 0.5 s from a cut.", also=(Source.SCENES,), undefined=NO_TEXT,
        higher="Show texts right at a cut", lower="Show texts within a shot",
    ),
    _interactions.share(
        "overlay_hands_share", "Text while hands are seen", "Share of the time with text on screen in which a hand is seen.",
        also=(Source.PEOPLE,), undefined=NO_TEXT,
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
        "Share of the texts that are on screen 0.2 s before and after some cut.", also=(Source.SCENES,), undefined=NO_TEXT,
        higher="Let texts stay across cuts", lower="Take texts down at each cut",
    ),
    _interactions.share(
        "overlay_spoken_word_share", "Text that is spoken too",
        "Share of the words on screen that are said at most 0.5 s before, during or after their text is shown.",
        also=(Source.SPEECH,), undefined="no word is on screen, or the speech was not transcribed",
        higher="Write on screen what you say", lower="Write on screen what you do not say",
    ),
    _interactions.share(
        "overlay_on_beat_share", "Texts on the beat", "Share of the texts that start at most 0.1 s from a beat of the music.",
        also=(Source.AUDIO,), undefined="no text is on screen, or no beat was found",
        higher="Show texts on the beat", lower="Show texts off the beat",
    ),
    _interactions.share(
        "overlay_on_onset_share", "Texts with a sound", "Share of the texts that start at most 0.1 s from an audio onset.",
        also=(Source.AUDIO,), undefined=NO_TEXT,
        higher="Give each new text a sound", lower="Show texts without a sound",
    ),
    _interactions.share(
        "overlay_with_gesture_share", "Texts that start with a gesture",
        "Share of the texts that start at most 0.5 s from the start of a recognized gesture.", also=(Source.PEOPLE,),
        undefined=NO_TEXT,
        higher="Show each text with a gesture", lower="Show texts without a gesture",
    ),
    _interactions.share(
        "overlay_pointed_share", "Texts pointed at", "Share of the texts during which a hand points.", also=(Source.PEOPLE,),
        undefined=NO_TEXT,
        higher="Point while a text is on screen", lower="Do not point while a text is on screen",
    ),
    _interactions.number(
        "overlay_motion_lift", "Motion behind text", "Mean motion of the picture with text on screen minus that without.",
        also=(Source.VISUALS,), low=-1.0, high=1.0,
        undefined="text is always or never on screen, or only one frame was looked at",
        higher="Put text over moving pictures", lower="Hold the picture still while there is text to read",
    ),
    _interactions.share(
        "overlay_call_with_speech_share", "Call to action while someone speaks",
        f"Share of the time with a call to action on screen ({COVERED}) in which someone speaks.", also=(Source.SPEECH,),
        undefined=NO_CALL,
        higher="Speak while the call to action is on screen", lower="Let the call to action stand in silence",
    ),
    _interactions_graphics.share(
        "overlay_graphic_with_text_share", "Graphics with text",
        "Share of the time with a sticker or an insert in which text is on screen too.", also=(Source.TEXT,),
        undefined=NO_GRAPHIC,
        higher="Combine stickers and inserts with text", lower="Keep stickers and inserts apart from text",
    ),
    _interactions_graphics.share(
        "overlay_graphic_with_cut_share", "Graphics that start with a cut",
        "Share of the stickers and inserts that start at most 0.5 s from a cut.", also=(Source.SCENES,), undefined=NO_GRAPHIC,
        higher="Show stickers and inserts right at a cut", lower="Show stickers and inserts within a shot",
    ),
    _interactions_graphics.share(
        "overlay_graphic_in_speech_share", "Graphics while someone speaks",
        "Share of the time with a sticker or an insert in which someone speaks.", also=(Source.SPEECH,), undefined=NO_GRAPHIC,
        higher="Show stickers and inserts while you speak", lower="Show stickers and inserts while nobody speaks",
    ),
    _events.seconds(
        "overlay_first_s", "First text", "Time at which the first text appears.", undefined=NO_TEXT,
        higher="Wait before you show the first text", lower="Show the first text sooner",
    ),
    _events.count(
        "overlay_hook_count", "Texts in the hook", "Number of texts that start in the hook.", "texts",
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
        "overlay_closing_count", "New texts in the closing", "Number of texts that start in the closing.", "texts",
        higher="Show a new text within the last 3 seconds", lower="Show no new text within the last 3 seconds",
    ),
    _events.share(
        "overlay_call_position", "Position of the call to action",
        f"Start of the first text with a call to action ({COVERED}) divided by the duration.",
        undefined=NO_CALL,
        higher="Put the call to action late", lower="Put the call to action early",
    ),
    _events.flag(
        "overlay_call_in_closing", "Call to action at the end",
        f"1 where a text with a call to action ({COVERED}) is on screen during the closing.", undefined=UNREAD,
        higher="Show a call to action during the last 3 seconds", lower="Show no call to action during the last 3 seconds",
    ),
    _events.share(
        "overlay_fullest_position", "Position of the fullest screen",
        "Start of the first moment with the largest number of texts at once, divided by the duration.", undefined=NO_TEXT,
        higher="Fill the screen with text late", lower="Fill the screen with text early",
    ),
    _events.number(
        "overlay_hook_load_per_s", "Reading load of the hook",
        "Characters to read per second in the hook, each text's spread evenly over its time.", unit=Unit.PER_SECOND,
        noun="characters", low=0.0,
        higher="Give more to read in the first 3 seconds", lower="Give less to read in the first 3 seconds",
    ),
    _events.number(
        "overlay_peak_load_per_s", "Highest reading load",
        "Most characters to read per second at any moment, all texts of that moment together; 0 without text.",
        unit=Unit.PER_SECOND, noun="characters", low=0.0,
        higher="Have a moment with much to read at once", lower="Never give too much to read at once",
    ),
    _events.flag(
        "overlay_hook_question", "Question in the hook", "1 where a text on screen during the hook has a question mark.",
        higher="Ask a question on screen in the first 3 seconds", lower="Ask no question on screen in the first 3 seconds",
    ),
    _events.flag(
        "overlay_hook_number", "Number in the hook", "1 where a text on screen during the hook has a digit.",
        higher="Show a number in the first 3 seconds", lower="Show no number in the first 3 seconds",
    ),
    _events.share(
        "overlay_hook_title_share", "Hook with a title", "Share of the hook with a title (a large or lone text) on screen.",
        undefined=NO_KIND,
        higher="Open with a title on screen", lower="Open without a title",
    ),
    _events.flag(
        "overlay_call_in_hook", "Call to action in the hook",
        f"1 where a text with a call to action ({COVERED}) is on screen during the hook.", undefined=UNREAD,
        higher="Show a call to action in the first 3 seconds", lower="Show no call to action in the first 3 seconds",
    ),
    _events.seconds(
        "overlay_first_duration_s", "Time of the first text", "How long the first text stays on screen.", undefined=NO_TEXT,
        higher="Let the first text stay longer", lower="Take the first text down sooner",
    ),
    _events.seconds(
        "overlay_after_last_s", "Time after the last text", "Time from the end of the last text to the end of the video.",
        undefined=NO_TEXT,
        higher="End with a while without text", lower="Keep text up to the end",
    ),
    _events.count(
        "overlay_busiest_3s_count", "Most new texts in 3 s", "Largest number of texts that start within any 3 s.", "texts",
        higher="Show several texts within a few seconds", lower="Spread new texts out",
    ),
    *over_time(
        Section.share, (Analysis.VISUAL_OVERLAY, Source.GRAPHICS), "overlay_{window}_graphic_share", "Graphics in {there}",
        "Share of {there} with a sticker or an insert on screen.",
        higher="Show a sticker or an insert in {when}", lower="Show no stickers and inserts in {when}",
    ),
    _events_graphics.seconds(
        "overlay_first_graphic_s", "First graphic", "Time at which the first sticker or insert appears.", undefined=NO_GRAPHIC,
        higher="Hold back the first sticker or insert", lower="Show the first sticker or insert sooner",
    ),
)  # fmt: skip
