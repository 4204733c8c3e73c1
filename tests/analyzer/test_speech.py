"""Speech: words only where someone speaks, only where they can be believed, and a reason wherever there are none."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import resample_poly

from samples.sound import Music, mix
from samples.voice import SPEECH_RATE_HZ, Utterance, speak_all
from services.analyzer.analysis import analyze
from services.analyzer.batches import Batches
from services.analyzer.counters import Counters
from services.analyzer.device import Device
from services.analyzer.engines.speech import SpeechEngine, recognizer
from services.analyzer.engines.speech.recognizer import Recognizer
from services.analyzer.engines.speech.transcript import MIN_WORD_S, Passage, RawWord, unjoin
from services.analyzer.engines.speech.weights import NO_WEIGHTS, REPOSITORIES, TURNED_OFF, find
from services.analyzer.settings import EngineSettings
from shared.contracts.analysis import Analysis, EngineName
from shared.errors import Transient, Unavailable
from tests.analyzer.clips import RATE, texture, tone, write_clip
from tests.analyzer.tiny_whisper import build_whisper

SENTENCE = ["hola", "amigos", "sigueme"]


@pytest.fixture(scope="module")
def whisper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_whisper(tmp_path_factory.mktemp("models") / "whisper-small", SENTENCE, language="es")


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """6 s: a voice from 1.0 s and another sentence from 3.5 s, silence between."""
    texts = ("Three tips that save you money.", "Follow me for more.")
    track = np.zeros(6 * RATE, np.float32)
    for start, voice in zip((1.0, 3.5), speak_all([Utterance(text) for text in texts]), strict=True):
        sound = resample_poly(voice, RATE, SPEECH_RATE_HZ)
        track[round(start * RATE) :][: len(sound)] += sound[: len(track) - round(start * RATE)]
    return write_clip(tmp_path_factory.mktemp("clip") / "v.mp4", [texture(1)] * 60, fps=10, sound=track)


def _watch(path: Path, **settings: Any) -> tuple[Analysis, Counters]:
    counters = Counters()
    engine = SpeechEngine(EngineSettings(**settings), models_dir=path.parent)
    return analyze(path, engines=[engine], counters=counters), counters


def test_words_with_times_language_and_confidence(spoken: Path, whisper: Path) -> None:
    analysis, counters = _watch(spoken, whisper=str(whisper))
    first, second = analysis.speech
    assert (first.text, first.language, first.confidence) == ("hola amigos sigueme", "es", 1.0)
    assert [word.text for word in first.words] == SENTENCE
    assert first.start_s == first.words[0].start_s
    assert first.words[1].start_s == pytest.approx(first.start_s + 0.4, abs=0.001), "Whisper's clock starts where speech does"
    assert (second.text, second.words, second.language) == ("", (), None), "it was listened to, and held no readable word"
    assert counters.calls == {"speech.vad": 1, "speech.recognizer": 1}
    assert analysis.engines["speech"].reason is None
    assert _watch(spoken, whisper=str(whisper))[0].to_bytes() == analysis.to_bytes()


def test_without_weights_speech_is_found_and_the_reason_says_how_to_get_words(spoken: Path) -> None:
    analysis, counters = _watch(spoken, whisper="auto")
    assert len(analysis.speech) == 2
    assert {(s.text, s.words, s.language) for s in analysis.speech} == {(None, None, None)}
    assert analysis.engines["speech"].reason == NO_WEIGHTS
    assert "`rumiai models pull whisper-small`" in NO_WEIGHTS
    assert counters.calls == {"speech.vad": 1}
    assert _watch(spoken, whisper="off")[0].engines["speech"].reason == TURNED_OFF


@pytest.mark.parametrize("sound", [tone(220, 4.0), np.zeros(4 * RATE, np.float32), None], ids=["tone", "silence", "no sound"])
def test_the_recognizer_never_hears_what_is_no_speech(sound: Any, whisper: Path, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "v.mp4", [texture(1)] * 40, fps=10, sound=sound)
    analysis, counters = _watch(clip, whisper=str(whisper))
    assert analysis.speech == ()
    assert "speech.recognizer" not in counters.calls


def test_the_recognizer_never_hears_music(whisper: Path, tmp_path: Path) -> None:
    beat = mix(6.0, Music(tempo_bpm=120, level_db=-18, start_s=0, end_s=6, seed=3), []).astype(np.float32) / 32768
    sound = resample_poly(beat, 160, 147).astype(np.float32)
    analysis, counters = _watch(write_clip(tmp_path / "v.mp4", [texture(1)] * 60, fps=10, sound=sound), whisper=str(whisper))
    assert (analysis.speech, counters.calls) == ((), {"speech.vad": 1})


def test_a_text_that_the_model_itself_finds_improbable_is_not_believed(spoken: Path, tmp_path: Path) -> None:
    unsure = build_whisper(tmp_path / "unsure", SENTENCE, strength=1.0)
    analysis, counters = _watch(spoken, whisper=str(unsure))
    assert counters.calls["speech.recognizer"] == 1
    assert [segment.text for segment in analysis.speech] == [None, None]
    assert analysis.engines["speech"].reason == "2 of 2 stretches of speech could not be read with confidence"


def test_the_fingerprint_follows_weights_device_and_parameters(
    whisper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fingerprint(folder: Path) -> str:
        return SpeechEngine(EngineSettings(whisper=str(folder)), models_dir=tmp_path).spec.fingerprint()

    other = build_whisper(tmp_path / "other", ["hello"])
    prints = {fingerprint(whisper), fingerprint(other), SpeechEngine(EngineSettings(), models_dir=tmp_path).spec.fingerprint()}
    assert len(prints) == 3
    monkeypatch.setitem(recognizer.PARAMETERS, "beam_size", 1)
    assert fingerprint(whisper) not in prints


def test_weights_are_taken_from_where_they_were_pulled_to(whisper: Path, tmp_path: Path) -> None:
    found = find(EngineSettings(), whisper.parent)
    assert not isinstance(found, str)
    assert (found.name, found.folder, found.source) == ("whisper-small", whisper, "pulled")
    assert {path.name for path in found.files} >= {"model.bin", "config.json", "tokenizer.json", "vocabulary.json"}
    assert find(EngineSettings(), tmp_path) == NO_WEIGHTS
    assert find(EngineSettings(whisper="off"), whisper.parent) == TURNED_OFF


def test_weights_are_found_in_the_hugging_face_cache(whisper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The layout of the hub's client: refs/main names a commit, snapshots/<commit> holds the files."""
    repository = tmp_path / ("models--" + REPOSITORIES["whisper-base"].replace("/", "--"))
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text("c0ffee")
    snapshot = repository / "snapshots" / "c0ffee"
    snapshot.parent.mkdir()
    snapshot.symlink_to(whisper)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    found = find(EngineSettings(), tmp_path / "none")
    assert not isinstance(found, str)
    assert (found.name, found.source) == ("whisper-base", "Hugging Face cache")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("whisper-small", r"asks for whisper-small, which is not here: run `rumiai models pull whisper-small`"),
        (
            "no/such/folder",
            r"RUMIAI_WHISPER is no/such/folder, which is no folder: give one, or auto, off, or one of whisper-small",
        ),
        (".", r"misses config\.json, model\.bin, tokenizer\.json, vocabulary\.json: get it again"),
    ],
)
def test_weights_that_were_asked_for_and_are_missing_stop_everything(
    asked: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Unavailable, match=sentence):
        SpeechEngine(EngineSettings(whisper=asked), models_dir=tmp_path)


def test_a_damaged_model_is_one_sentence(spoken: Path, tmp_path: Path) -> None:
    folder = build_whisper(tmp_path / "cut", ["hello"])
    (folder / "model.bin").write_bytes((folder / "model.bin").read_bytes()[:1000])
    with pytest.raises(Unavailable, match=r"^The Whisper model in .*cut can't be loaded \(.+\): get it again\.$"):
        _watch(spoken, whisper=str(folder))


def test_cuda_without_a_gpu_is_refused_before_any_video(whisper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unavailable, match="CTranslate2 reports no CUDA GPU to the speech engine"):
        SpeechEngine(EngineSettings(whisper=str(whisper), device="cuda"), models_dir=whisper.parent)
    SpeechEngine(EngineSettings(whisper="off", device="cuda"), models_dir=whisper.parent)


@pytest.mark.parametrize(
    ("words", "kind", "sentence"),
    [
        ("CUDA failed with error out of memory", Transient, r"^The GPU's memory ran out in the speech engine"),
        (
            "Library libcublas.so.12 is not found or cannot be loaded",
            Unavailable,
            r"^CTranslate2 can't start CUDA for the speech engine \(Library libcublas\.so\.12 .*\): install",
        ),
    ],
)
def test_what_goes_wrong_on_a_gpu_is_told_and_its_memory_given_back(
    words: str, kind: type[Exception], sentence: str, whisper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What CTranslate2 says and does on a GPU is played."""
    ears = Recognizer(whisper, Device.CPU, Batches(EngineName.SPEECH, Device.CUDA, 1))
    given_back: list[object] = []

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(words)

    monkeypatch.setattr(ears, "_device", Device.CUDA)
    model = SimpleNamespace(model_is_loaded=True, unload_model=lambda **how: given_back.append(how))
    monkeypatch.setattr(ears, "_model", SimpleNamespace(model=model, transcribe=fail))
    with pytest.raises(kind, match=sentence):
        ears.listen(np.zeros(16_000, np.float32), [(0.0, 1.0)])
    assert given_back == [{"to_cpu": True}]


SURE = {"log_probability": -0.2, "compression": 1.2}


def test_a_doubtful_passage_takes_the_text_from_the_stretches_it_touches_only() -> None:
    spans = [(1.0, 3.0), (5.0, 6.0), (8.0, 9.0)]
    said = Passage(0.0, 1.9, **SURE, words=(RawWord(0.0, 0.5, " buy", 0.9), RawWord(0.5, 1.9, " now", 0.7)))
    noise = Passage(2.1, 2.9, log_probability=-1.3, compression=1.0, words=(RawWord(2.1, 2.9, " thanks", 0.2),))
    again = Passage(3.0, 4.0, log_probability=-0.1, compression=2.6, words=(RawWord(3.0, 4.0, " la la la", 0.9),))
    first, second, third = unjoin(spans, [said, noise, again], "en")
    assert (first.text, first.confidence, first.language) == ("buy now", 0.8, "en")
    assert [(w.start_s, w.end_s) for w in first.words] == [(1.0, 1.5), (1.5, 2.9)]
    assert [(s.text, s.words, s.confidence, s.language) for s in (second, third)] == [(None, None, None, None)] * 2


TIMES = st.lists(st.floats(0.3, 4.0), min_size=2, max_size=12)


@given(steps=TIMES, words=st.lists(st.tuples(st.floats(0, 30), st.floats(0, 2), st.floats(-0.1, 1.1)), max_size=20))
def test_every_word_comes_back_inside_a_stretch_and_none_is_lost(
    steps: list[float], words: list[tuple[float, float, float]]
) -> None:
    edges = np.cumsum(steps).round(3).tolist()
    spans = list(zip(edges[::2], edges[1::2], strict=False))
    raw = tuple(RawWord(start, start + length, " w", p) for start, length, p in words)
    segments = unjoin(spans, [Passage(0.0, 30.0, **SURE, words=raw)], None)
    assert [(s.start_s, s.end_s) for s in segments] == spans
    assert sum(len(s.words) for s in segments) == len(words)
    for segment in segments:
        for word in segment.words:
            assert segment.start_s <= word.start_s < word.end_s <= segment.end_s
            assert word.end_s - word.start_s >= MIN_WORD_S - 0.0011
