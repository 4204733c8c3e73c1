"""One video as the formulas see it: its evidence, asked for by name; what was not observed raises NotObserved with the reason.

The outcome is no part of it: a formula can reach the analysis and what was known before posting, nothing else.
"""

from collections.abc import Callable
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from services.features.absent import NotDefined, NotObserved
from services.features.caption import Caption
from services.features.curve import Curve
from services.features.elements import Elements, layer_count
from services.features.intervals import EPSILON_S, Span, Spans, length, merge
from services.features.pictures import Pictures
from services.features.sound import Sound
from services.features.spoken_words import SpokenWords
from services.features.staging import Staging
from services.features.texts import Texts, spans
from services.features.things import Things
from services.features.windows import Windows
from shared.catalogue.creative_density.kinds import KINDS, LAYERS
from shared.catalogue.feature import Source
from shared.contracts.analysis import Analysis, EngineName, EngineStatus, Graphic, Shot, SpeechSegment, TextOverlay, VideoInfo
from shared.contracts.record import VideoRecord

_Block = TypeVar("_Block")
UNSEEN_SHARE, UNSEEN_LEAST_S, UNSEEN_MOST_S = 0.25, 0.75, 2.0
"""How much of a window an engine may have left unseen at a stretch and still count as having watched it: a quarter of it, 2 s
at most; but never less than one and a half steps of the slowest engines, which look twice a second."""

TRANSCRIBED_SHARE = 0.8
"""Recognizers leave out stretches that they doubt; with less of the speech than this transcribed, what is said is not known."""


_VISITS: dict[str, Callable[["Clip"], Spans]] = {
    "speech": attrgetter("speech_spans"),
    "gesture": attrgetter("people.gesture_spans"),
    "face": attrgetter("people.face_visits"),
    "object": attrgetter("things.visits"),
    "expression": attrgetter("people.expressive_visits"),
}
_LAYERS: dict[str, Callable[["Clip"], Spans]] = {
    "text": attrgetter("text_spans"),
    "graphic": attrgetter("graphic_spans"),
    "speech": attrgetter("speech_spans"),
    "face": attrgetter("people.face_spans"),
    "hands": attrgetter("people.hand_spans"),
    "object": attrgetter("things.spans"),
    "music": attrgetter("sound.music"),
    "expression": attrgetter("people.expressive_spans"),
}
_EVIDENCE: dict[Source, Callable[["Clip"], object]] = {
    Source.SCENES: attrgetter("cuts"),
    Source.PEOPLE: attrgetter("people"),
    Source.TEXT: attrgetter("texts"),
    Source.GRAPHICS: attrgetter("graphics"),
    Source.OBJECTS: attrgetter("things"),
    Source.SPEECH: attrgetter("speech_segments"),
    Source.AUDIO: attrgetter("sound"),
    Source.VISUALS: attrgetter("pictures"),
    Source.METADATA: attrgetter("metadata"),
}
_ENGINES = {source: EngineName(source.value) for source in _EVIDENCE if source is not Source.METADATA}


class Clip:
    """The analysis of one video and its metadata, if any, with what several formulas share computed once."""

    def __init__(self, analysis: Analysis, record: VideoRecord | None) -> None:
        self._analysis = analysis
        self._record = record
        self.duration_s = analysis.video.duration_s
        self.windows = Windows(self.duration_s)
        self._beginnings: dict[str, tuple[float, ...]] = {}

    @property
    def video(self) -> VideoInfo:
        """The probed file."""
        return self._analysis.video

    @property
    def metadata(self) -> VideoRecord:
        """What was known before posting. Raises NotObserved where no metadata was given."""
        if self._record is None:
            raise NotObserved("no metadata given")
        return self._record

    @cached_property
    def shots_s(self) -> tuple[float, ...]:
        """Lengths of the shots in order, in seconds; they sum to the duration."""
        edges = (0.0, *self.cuts, self.duration_s)
        return tuple(edges[i + 1] - edges[i] for i in range(len(edges) - 1))

    @cached_property
    def shots(self) -> tuple[Shot, ...]:
        """The shots by start; the first one starts with the video."""
        shots = self._observed(EngineName.SCENES, self._analysis.scenes)
        return tuple(sorted((shot for shot in shots if shot.start_s < self.duration_s), key=lambda shot: shot.start_s))

    @cached_property
    def cuts(self) -> tuple[float, ...]:
        """Times at which a shot follows another, by cut, fade or dissolve; a shot that starts at 0 s follows none."""
        return tuple(sorted({shot.start_s for shot in self.shots if shot.start_s > 0.0}))

    @cached_property
    def transitions(self) -> dict[str, tuple[float, ...]]:
        """The same times by how the shot opens. Raises NotDefined where that was not determined."""
        kinds: dict[str, list[float]] = {"cut": [], "fade": [], "dissolve": []}
        for shot in self.shots:
            if shot.opens_with is None:
                raise NotDefined("how the shots open was not determined")
            if shot.start_s > 0.0 and shot.opens_with in kinds:
                kinds[shot.opens_with].append(shot.start_s)
        return {kind: tuple(times) for kind, times in kinds.items()}

    @cached_property
    def flashes(self) -> tuple[float, ...]:
        """Times of sudden bright frames. Raises NotDefined where they were not looked for."""
        found: list[float] = []
        for shot in self.shots:
            if shot.flashes_s is None:
                raise NotDefined("flashes were not looked for")
            found += [t_s for t_s in shot.flashes_s if t_s < self.duration_s]
        return tuple(sorted(found))

    @cached_property
    def caption(self) -> Caption:
        """The caption, read once. Raises NotObserved where no metadata was given."""
        return Caption(self.metadata)

    @cached_property
    def texts(self) -> Texts:
        """The texts on screen, read once."""
        return Texts(self._observed(EngineName.TEXT, self._analysis.text), self.duration_s)

    @property
    def overlays(self) -> tuple[TextOverlay, ...]:
        """The texts that were put on the video, by start; lettering in the filmed world is left out where it was told apart."""
        return self.texts.overlays

    @cached_property
    def text_spans(self) -> Spans:
        """When any overlay is on screen."""
        return spans(self.overlays)

    @cached_property
    def graphics(self) -> tuple[Graphic, ...]:
        """Stickers and inserts, by start; ends after the end of the video are cut off."""
        graphics = self._observed(EngineName.GRAPHICS, self._analysis.graphics)
        kept = (graphic for graphic in graphics if graphic.start_s < self.duration_s)
        ends = (g if g.end_s <= self.duration_s else g.model_copy(update={"end_s": self.duration_s}) for g in kept)
        return tuple(sorted(ends, key=lambda graphic: (graphic.start_s, graphic.end_s)))

    @cached_property
    def graphic_spans(self) -> Spans:
        """When any sticker or insert is on screen."""
        return merge((graphic.start_s, graphic.end_s) for graphic in self.graphics)

    @cached_property
    def things(self) -> Things:
        """Objects over time."""
        objects = self._observed(EngineName.OBJECTS, self._analysis.objects)
        if not objects.sampled_s:
            raise NotObserved("the objects engine looked at no frame")
        return Things(objects, self.windows)

    @cached_property
    def speech_segments(self) -> tuple[SpeechSegment, ...]:
        """Speech as detected, by start."""
        segments = self._observed(EngineName.SPEECH, self._analysis.speech)
        return tuple(sorted((s for s in segments if s.start_s < self.duration_s), key=lambda s: (s.start_s, s.end_s)))

    @cached_property
    def speech_spans(self) -> Spans:
        """Stretches in which someone speaks; overlapping or touching segments are one stretch."""
        return merge((segment.start_s, min(segment.end_s, self.duration_s)) for segment in self.speech_segments)

    @cached_property
    def transcript(self) -> tuple[SpeechSegment, ...]:
        """The transcribed segments, by start. Raises NotDefined where over a fifth of the speech has no transcript."""
        if not self.speech_segments:
            raise NotDefined("nobody speaks")
        known = tuple(segment for segment in self.speech_segments if segment.text is not None)
        seconds = length((segment.start_s, segment.end_s) for segment in known)
        if seconds < TRANSCRIBED_SHARE * length((segment.start_s, segment.end_s) for segment in self.speech_segments):
            raise NotDefined("speech was detected but not transcribed")
        return known

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        """The texts of the transcript."""
        return tuple(segment.text or "" for segment in self.transcript)

    @cached_property
    def said(self) -> SpokenWords:
        """The words of the transcript and their times."""
        return SpokenWords(self.transcript)

    @cached_property
    def people(self) -> Staging:
        """Faces, bodies and hands over time."""
        people = self._observed(EngineName.PEOPLE, self._analysis.people)
        if not people.sampled_s:
            raise NotObserved("the people engine looked at no frame")
        return Staging(people, self.windows)

    @cached_property
    def sound(self) -> Sound:
        """The sound track over time."""
        audio = self._observed(EngineName.AUDIO, self._analysis.audio)
        if not audio.level_db:
            raise NotObserved("the audio engine measured nothing")
        return Sound(audio, self.windows)

    @cached_property
    def pictures(self) -> Pictures:
        """The look of the picture over time."""
        samples = self._observed(EngineName.VISUALS, self._analysis.visuals)
        if not samples:
            raise NotObserved("the visuals engine looked at no frame")
        return Pictures(samples, self.windows)

    @cached_property
    def elements(self) -> Elements:
        """Everything that begins. Raises NotObserved where an engine of one of the five kinds did not look."""
        return Elements({kind: self.beginnings(kind) for kind in KINDS}, self.duration_s)

    def beginnings(self, kind: str) -> tuple[float, ...]:
        """Sorted times at which elements of one kind begin."""
        if kind not in self._beginnings:
            self._beginnings[kind] = self._begin(kind)
        return self._beginnings[kind]

    def _begin(self, kind: str) -> tuple[float, ...]:
        if kind == "cut":
            return self.cuts
        if kind in ("text", "graphic"):
            return tuple(one.start_s for one in (self.overlays if kind == "text" else self.graphics))
        return tuple(start for start, _ in _VISITS[kind](self))

    def layer(self, name: str) -> Spans:
        """When a layer is there, as separate stretches in order."""
        return _LAYERS[name](self)

    @cached_property
    def layers(self) -> Curve:
        """Number of layers at the same time."""
        return layer_count([self.layer(name) for name in LAYERS], self.duration_s)

    def unobserved(self, sources: tuple[Source, ...], *, at_an_end: bool = False) -> str | None:
        """Why the first of these sources is missing, None where all were observed; `at_an_end` for hook and closing alone."""
        try:
            for source in sources:
                if source in _EVIDENCE:
                    _EVIDENCE[source](self)
            for source in sources if at_an_end else ():
                if source in _ENGINES:
                    self._check_coverage(_ENGINES[source], self.windows.hook)
        except NotObserved as reason:
            return str(reason)
        return None

    def _observed(self, engine: EngineName, block: _Block | None) -> _Block:
        report = self._analysis.engines.get(engine)
        if report is None:
            raise NotObserved(f"the analysis has no report of the {engine.value} engine")
        if report.status is EngineStatus.OFF or block is None:
            state = "did not run" if report.status is EngineStatus.OFF else "gave no result"
            raise NotObserved(f"the {engine.value} engine {state}: {report.reason or report.status.value}")
        self._check_coverage(engine, self.windows.first_third)
        return block

    def _check_coverage(self, engine: EngineName, window: Span) -> None:
        """Raises NotObserved where what an engine left unseen may be more than a part of a window of this length."""
        coverage = self._analysis.engines[engine].coverage
        if coverage is None:
            return
        unseen = max(coverage.first_s, coverage.largest_gap_s, self.duration_s - coverage.last_s)
        tolerated = min(UNSEEN_MOST_S, max(UNSEEN_LEAST_S, UNSEEN_SHARE * (window[1] - window[0])))
        if unseen > tolerated + EPSILON_S:
            raise NotObserved(
                f"the {engine.value} engine left {unseen:.1f} s of {self.duration_s:.1f} s unseen, more than {tolerated:.2g} s"
            )
