"""Readers of text: RapidOCR with its own weights, PaddleOCR where somebody installed it, one protocol for both."""

from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import pytest

from services.analyzer.engines.text import TextEngine, paddle, rapid
from services.analyzer.engines.text.linking import text_ratio
from services.analyzer.engines.text.rapid import RapidReader, _other_case, detector_input, line_input
from services.analyzer.engines.text.reader import crop
from services.analyzer.settings import EngineSettings
from shared.errors import Unavailable
from tests.analyzer.clips import lettered, solid

GROUND = solid((90, 60, 40), width=360, height=640)


@pytest.fixture(scope="module")
def reader() -> RapidReader:
    return RapidReader()


def test_a_line_is_found_and_read(reader: RapidReader) -> None:
    picture = lettered(GROUND, "FREE SHIPPING")
    [quad] = reader.detect(picture)
    text, confidence = reader.recognize(crop(picture, quad))
    assert text_ratio(text, "FREE SHIPPING") == 1
    assert confidence > 0.9


def test_regions_lie_where_the_letters_are_and_go_with_them_when_mirrored(reader: RapidReader) -> None:
    picture = lettered(GROUND, "AHA OHO", y=0.3)
    [there], [mirrored] = reader.detect(picture), reader.detect(np.ascontiguousarray(picture[:, ::-1]))
    assert 0.2 < there[:, 1].mean() / 640 < 0.35
    assert 360 - mirrored[:, 0].mean() == pytest.approx(there[:, 0].mean(), abs=4)
    assert mirrored[:, 1].mean() == pytest.approx(there[:, 1].mean(), abs=4)


def test_a_tilted_line_is_read_upright(reader: RapidReader) -> None:
    turn = cv2.getRotationMatrix2D((180, 190), 20, 1)
    picture = np.asarray(
        cv2.warpAffine(lettered(GROUND, "FREE SHIPPING", scale=0.9), turn, (360, 640), borderMode=cv2.BORDER_REPLICATE)
    )
    [quad] = reader.detect(picture)
    assert text_ratio(reader.recognize(crop(picture, quad))[0], "FREE SHIPPING") > 0.9


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
    upper, lower = paddle.quads([result])
    assert upper.dtype == np.float32
    assert (upper.tolist(), lower.tolist()) == (high, low)
    assert paddle.quads([{"dt_polys": [], "dt_scores": []}]) == []
    assert paddle.line([{"input_path": None, "page_index": None, "rec_text": "SALE", "rec_score": 0.97}]) == ("SALE", 0.97)


def test_each_letter_knows_its_other_case() -> None:
    assert _other_case(["blank", "w", "W", "7", "ß", "é"]).tolist() == [0, 2, 1, 3, 4, 5]


def test_letters_whose_cases_look_alike_are_sure(reader: RapidReader) -> None:
    crop = np.full((58, 141, 3), (160, 60, 200), np.uint8)
    cv2.putText(crop, "WOW", (18, 44), cv2.FONT_HERSHEY_DUPLEX, 1.3, (20, 20, 20), 3, cv2.LINE_AA)
    text, confidence = reader.recognize(crop)
    assert text.casefold() == "wow"
    assert 0.9 < confidence <= 1
