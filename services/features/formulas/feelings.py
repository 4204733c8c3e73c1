"""Formulas of emotional_journey: expressions that were read off the main face, when they change and what they go with."""

from operator import eq, ge, ne

from services.features.absent import NotDefined
from services.features.binding import Formula, produces
from services.features.clip import Clip
from services.features.curve import Curve
from services.features.intervals import merge
from services.features.staging import BRIDGE_S, EXPRESSIONS
from services.features.statistics import share_near

SYNC_S = 0.5
STRONG = 0.5
_SMILE, _FROWN = EXPRESSIONS.index("smile"), EXPRESSIONS.index("frown")


def _expression_share(expression: str) -> Formula:
    def formula(clip: Clip) -> float:
        clip.people.showing()
        return clip.people.expression.seconds_at(EXPRESSIONS.index(expression)) / clip.people.expression.measured_s

    return formula


produces("emotion_neutral_share")(_expression_share("neutral"))
for _name in ("smile", "surprise", "frown"):
    produces(f"emotion_{_name}_share_proxy")(_expression_share(_name))


@produces("emotion_main_expression")
def _main_expression(clip: Clip) -> str:
    shown = clip.people.expression
    clip.people.showing()
    return max(EXPRESSIONS, key=lambda name: round(shown.seconds_at(EXPRESSIONS.index(name)), 6))


def _has_read_face(clip: Clip) -> bool:
    """Whether an expression was read. Without a face there is none to count; raises NotDefined where faces went unread."""
    if clip.people.face_spans:
        clip.people.showing()
    return bool(clip.people.face_spans)


@produces("emotion_expression_kinds")
def _expression_kinds(clip: Clip) -> float:
    return clip.people.expression.kinds() if _has_read_face(clip) else 0


@produces("emotion_smile_count_proxy")
def _smile_count(clip: Clip) -> float:
    return len(merge(clip.people.showing("smile"), bridge_s=BRIDGE_S)) if _has_read_face(clip) else 0


def _first(expression: str) -> Formula:
    def formula(clip: Clip) -> float:
        return clip.people.seen(clip.people.showing(expression), expression)[0][0]

    return formula


for _name in ("smile", "surprise"):
    produces(f"emotion_first_{_name}_s_proxy")(_first(_name))


@produces("emotion_brow_raise_proxy")
def _brow_raise(clip: Clip) -> float:
    return clip.people.brows.mean()


@produces("emotion_brow_activity_proxy")
def _brow_activity(clip: Clip) -> float:
    return clip.people.brows.spread()


@produces("emotion_expression_changes_per_10s")
def _expression_changes(clip: Clip) -> float:
    expression = clip.people.expression
    clip.people.showing()
    return 10 * len(expression.switches(BRIDGE_S)) / expression.measured_s


@produces("emotion_change_at_cut_share")
def _change_at_cut(clip: Clip) -> float:
    cuts = clip.cuts
    return share_near(clip.people.expression.switches(BRIDGE_S), cuts, SYNC_S, of="changes of expression")


def _valence(clip: Clip) -> Curve:
    return clip.people.expression.mapped(_sign)


def _sign(code: float) -> float:
    return 1.0 if code == _SMILE else -1.0 if code == _FROWN else 0.0


@produces("emotion_valence_trend_proxy")
def _valence_trend(clip: Clip) -> float:
    return _valence(clip).change(clip.windows.first_third, clip.windows.last_third)


@produces("emotion_hook_expressive_share")
def _hook_expressive(clip: Clip) -> float:
    return clip.people.expressive.mean_in(clip.windows.hook)


@produces("emotion_closing_expressive_share")
def _closing_expressive(clip: Clip) -> float:
    return clip.people.expressive.mean_in(clip.windows.closing)


@produces("emotion_expressive_in_speech_lift")
def _expressive_in_speech(clip: Clip) -> float:
    return clip.people.expressive.lift(clip.speech_spans, clip.windows.whole)


@produces("emotion_expressive_with_text_lift")
def _expressive_with_text(clip: Clip) -> float:
    return clip.people.expressive.lift(clip.text_spans, clip.windows.whole)


@produces("emotion_expressive_with_music_lift")
def _expressive_with_music(clip: Clip) -> float:
    return clip.people.expressive.lift(clip.sound.music, clip.windows.whole)


@produces("emotion_loudness_of_expression_lu")
def _loudness_of_expression(clip: Clip) -> float:
    expressive, loudness = clip.people.expressive, clip.sound.momentary
    return loudness.mean_over(expressive.where(ne, 0)) - loudness.mean_over(expressive.where(eq, 0))


@produces("emotion_expression_strength")
def _expression_strength(clip: Clip) -> float:
    return clip.people.strength.mean()


@produces("emotion_strong_moment_count")
def _strong_moments(clip: Clip) -> float:
    return len(merge(clip.people.strength.where(ge, STRONG), bridge_s=BRIDGE_S)) if _has_read_face(clip) else 0


@produces("emotion_peak_position")
def _peak_position(clip: Clip) -> float:
    if not clip.people.strength:
        raise NotDefined("no smile, surprise or frown is seen")
    return clip.people.strength.peak_s() / clip.duration_s
