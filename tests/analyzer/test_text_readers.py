"""Readers of text: RapidOCR with its own weights, PaddleOCR where somebody installed it, one protocol for both."""

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest

from services.analyzer.batches import Batches
from services.analyzer.counters import Counters
from services.analyzer.device import Device
from services.analyzer.engines.text import TextEngine, networks, paddle, rapid
from services.analyzer.engines.text.engine import TextSession
from services.analyzer.engines.text.gate import Gate
from services.analyzer.engines.text.linking import text_ratio
from services.analyzer.engines.text.rapid import RapidReader, _other_case, detector_input, line_input
from services.analyzer.engines.text.reader import crop
from services.analyzer.frames import Frame
from services.analyzer.settings import EngineSettings
from shared.contracts.analysis import EngineName, VideoInfo
from shared.errors import Transient, Unavailable
from tests.analyzer.clips import lettered, solid

GROUND = solid((90, 60, 40), width=360, height=640)
VIDEO = VideoInfo(sha256="0" * 64, duration_s=6.5, fps=30, width=360, height=640, frames=195, has_audio=False, codec="h264")


@pytest.fixture(scope="module")
def reader() -> RapidReader:
    return RapidReader()


def test_a_gpu_whose_memory_never_holds_the_networks_is_no_videos_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def session(*_: object) -> None:
        raise RuntimeError("CUDA failure 2: out of memory ; GPU=0")

    monkeypatch.setattr(networks, "onnx_session", session)
    for known in ("_loaded", "_batches"):
        monkeypatch.setattr(rapid, known, {})
    with pytest.raises(Transient):
        rapid.loaded(Device.CUDA)
    with pytest.raises(Unavailable, match="too small for the text engine"):
        rapid.loaded(Device.CUDA)


def test_a_line_is_found_and_read(reader: RapidReader) -> None:
    picture = lettered(GROUND, "FREE SHIPPING")
    [[quad]] = reader.detect([picture])
    [(text, confidence)] = reader.recognize([crop(picture, quad)])
    assert text_ratio(text, "FREE SHIPPING") == 1
    assert confidence > 0.9


def test_regions_lie_where_the_letters_are_and_go_with_them_when_mirrored(reader: RapidReader) -> None:
    picture = lettered(GROUND, "AHA OHO", y=0.3)
    [there], [mirrored] = reader.detect([picture, np.ascontiguousarray(picture[:, ::-1])])
    assert 0.2 < there[:, 1].mean() / 640 < 0.35
    assert 360 - mirrored[:, 0].mean() == pytest.approx(there[:, 0].mean(), abs=4)
    assert mirrored[:, 1].mean() == pytest.approx(there[:, 1].mean(), abs=4)


def test_a_tilted_line_is_read_upright(reader: RapidReader) -> None:
    turn = cv2.getRotationMatrix2D((180, 190), 20, 1)
    picture = np.asarray(
        cv2.warpAffine(lettered(GROUND, "FREE SHIPPING", scale=0.9), turn, (360, 640), borderMode=cv2.BORDER_REPLICATE)
    )
    [[quad]] = reader.detect([picture])
    [(text, _)] = reader.recognize([crop(picture, quad)])
    assert text_ratio(text, "FREE SHIPPING") > 0.9


class Counted(Batches):
    """Batches as on a GPU, of 4 at most, that remember how many pieces of work went together."""

    def __init__(self) -> None:
        super().__init__(EngineName.TEXT, Device.CUDA, 4)
        self.sizes: list[int] = []

    def run(
        self, work: Callable[[Sequence[Any]], Sequence[Any]], items: Sequence[Any], release: Callable[[], None] = lambda: None
    ) -> list[Any]:
        def counted(part: Sequence[Any]) -> Sequence[Any]:
            self.sizes.append(len(part))
            return work(part)

        return super().run(counted, items, release)


@pytest.fixture(scope="module")
def batches() -> Counted:
    return Counted()


@pytest.fixture(scope="module")
def batching(batches: Counted) -> RapidReader:
    """On this processor, but given as many pictures at a time as a GPU would be."""
    return RapidReader(batches=batches)


def test_batches_say_what_single_pictures_say(reader: RapidReader, batching: RapidReader, batches: Counted) -> None:
    words = ("FREE SHIPPING", "wait", "50% OFF today", "day 7", "link in bio", "ok")
    pictures = [lettered(GROUND, word, y=0.2 + 0.1 * k, scale=0.9) for k, word in enumerate(words)]
    batches.sizes.clear()
    together = batching.detect(pictures)
    assert batches.sizes == [4, 2]
    for quads, picture in zip(together, pictures, strict=True):
        [alone] = reader.detect([picture])
        assert np.allclose(quads, alone, atol=1)
    crops = [crop(picture, quads[0]) for picture, quads in zip(pictures, together, strict=True)]
    crops[1] = crops[3]
    batches.sizes.clear()
    said = batching.recognize(crops)
    assert max(batches.sizes) > 1, "lines of one width"
    assert sum(batches.sizes) == len(crops)
    for (text, confidence), one in zip(said, crops, strict=True):
        [(alone_text, alone_confidence)] = reader.recognize([one])
        assert (text, confidence) == (alone_text, pytest.approx(alone_confidence, abs=1e-3))


def test_a_session_that_looks_ahead_reads_the_same_texts(reader: RapidReader, batching: RapidReader, batches: Counted) -> None:
    shown = [lettered(GROUND, "wait for it")] * 5 + [GROUND] * 3 + [lettered(GROUND, "3 tips", y=0.3)] * 5
    found = {}
    for one in (reader, batching):
        counters = Counters()
        session = TextSession(TextEngine().spec, VIDEO, Gate(one, counters))
        batches.sizes.clear()
        for k, picture in enumerate(shown):
            session.process(Frame(k, k / 2, picture))
        overlays = session.finish().text
        found[one.together] = [(overlay.start_s, overlay.end_s, overlay.text) for overlay in overlays or ()]
    assert found[4] == found[1] == [(0.0, 2.25, "wait for it"), (3.75, 6.5, "3 tips")]
    assert (counters.calls["text.detector"], batches.sizes.count(4)) == (len(shown), len(shown) // 4)


@pytest.mark.parametrize(("width", "height"), [(360, 640), (640, 360), (640, 20), (7, 5)])
def test_network_inputs_have_the_sizes_the_networks_need(width: int, height: int) -> None:
    picture = solid((1, 2, 3), width=width, height=height)
    _, channels, rows, columns = detector_input(picture).shape
    assert (channels, rows % 32, columns % 32) == (3, 0, 0)
    assert max(rows, columns) <= rapid.SIDE
    assert line_input(picture).shape[2] == rapid.LINE_HEIGHT
    assert line_input(picture).shape[3] >= rapid.LINE_WIDTH


def test_the_fingerprint_names_no_processor_and_changes_with_the_gate() -> None:
    engine = TextEngine(settings=EngineSettings())
    assert engine.spec.fingerprint() == TextEngine(settings=EngineSettings()).spec.fingerprint()
    assert engine.spec.fingerprint() != TextEngine(ungated=True, settings=EngineSettings()).spec.fingerprint()
    assert engine.spec.packages == ("rapidocr", "onnxruntime")


def test_paddleocr_that_is_not_installed_is_one_sentence() -> None:
    if find_spec("paddleocr") is not None:
        pytest.skip("PaddleOCR is installed here.")
    with pytest.raises(Unavailable, match=r"PaddleOCR is not installed: install paddleocr 3\.x and paddlepaddle, or set"):
        TextEngine(settings=EngineSettings(text_reader="paddleocr"))


def test_paddleocr_models_that_are_missing_are_named(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="set RUMIAI_PADDLEOCR_WEIGHTS to a folder"):
        paddle.model_folder(EngineSettings(text_reader="paddleocr", paddleocr_weights=None))
    for part in paddle.PARTS:
        (tmp_path / part).mkdir()
        for name in paddle.FILES:
            (tmp_path / part / name).write_text("Global:\n  model_name: PP-OCRv5_mobile_det\n")
    settings = EngineSettings(text_reader="paddleocr", paddleocr_weights=tmp_path)
    assert paddle.model_folder(settings) == tmp_path
    assert paddle.model_name(tmp_path / "detector") == "PP-OCRv5_mobile_det"
    (tmp_path / "recognizer" / "inference.json").unlink()
    with pytest.raises(Unavailable, match=r"misses recognizer/inference\.json: put PaddleOCR's inference models there"):
        paddle.model_folder(settings)


def test_paddleocr_results_become_regions_and_lines() -> None:
    low = [[10, 80], [60, 80], [60, 95], [10, 95]]
    high = [[12, 20], [90, 22], [90, 40], [12, 38]]
    result = {"input_path": None, "page_index": None, "dt_polys": np.array([low, high]), "dt_scores": [0.8, 0.9]}
    upper, lower = paddle.quads(result)
    assert upper.dtype == np.float32
    assert (upper.tolist(), lower.tolist()) == (high, low)
    assert paddle.quads({"dt_polys": [], "dt_scores": []}) == []
    assert paddle.line({"input_path": None, "page_index": None, "rec_text": "SALE", "rec_score": 0.97}) == ("SALE", 0.97)


def test_paddleocr_is_given_batches_and_its_load_may_run_out_of_memory_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a library of the same calls, as PaddleOCR is not among the requirements."""
    room, given = [False], []

    class Module:
        def __init__(self, **_options: object) -> None:
            if not room[0]:
                raise RuntimeError("ResourceExhaustedError: Out of memory error on GPU 0.")

        def predict(self, images: list[Any], batch_size: int) -> Iterator[dict[str, Any]]:
            given.append((len(images), batch_size))
            return ({"dt_polys": [], "rec_text": f"{len(image)} rows", "rec_score": 0.9} for image in images)

    monkeypatch.setitem(sys.modules, "paddleocr", SimpleNamespace(TextDetection=Module, TextRecognition=Module))
    for part in paddle.PARTS:
        (tmp_path / part).mkdir()
        (tmp_path / part / "inference.yml").write_text("Global:\n  model_name: any\n")
    batches = Batches(EngineName.TEXT, Device.CUDA, 4)
    for kind in (Transient, Unavailable):
        with pytest.raises(kind):
            paddle.PaddleReader(tmp_path, "gpu:0", batches)
    room[0] = True
    reader = paddle.PaddleReader(tmp_path, "gpu:0", batches)
    said = reader.recognize([np.zeros((k, 9, 3), np.uint8) for k in range(1, 7)])
    assert ([text for text, _ in said], given) == ([f"{k} rows" for k in range(1, 7)], [(4, 4), (2, 2)])


def test_each_letter_knows_its_other_case() -> None:
    assert _other_case(["blank", "w", "W", "7", "ß", "é"]).tolist() == [0, 2, 1, 3, 4, 5]


def test_letters_whose_cases_look_alike_are_sure(reader: RapidReader) -> None:
    crop = np.full((58, 141, 3), (160, 60, 200), np.uint8)
    cv2.putText(crop, "WOW", (18, 44), cv2.FONT_HERSHEY_DUPLEX, 1.3, (20, 20, 20), 3, cv2.LINE_AA)
    [(text, confidence)] = reader.recognize([crop])
    assert text.casefold() == "wow"
    assert 0.9 < confidence <= 1
