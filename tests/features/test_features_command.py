"""`rumiai features` and `rumiai catalogue`."""

import json
from pathlib import Path

import pytest
from hand_made_analyses import hand_made, hand_made_record

from services.console.commands.catalogue import catalogue
from services.console.commands.features import features
from services.features.compute import __file__ as compute_module
from services.features.compute import compute
from services.features.version import catalogue_version
from shared.catalogue.registry import CATALOGUE
from shared.contracts.analysis import EngineName, EngineReport, EngineStatus
from shared.contracts.record import Outcome, ScrapedVideo
from shared.errors import UsageError

APIFY_ITEM = {
    "id": "7001", "text": "Want more?", "createTime": 1772908200, "authorMeta": {"name": "maker", "fans": 10},
    "webVideoUrl": "https://www.tiktok.com/@maker/video/7001", "videoMeta": {"duration": 12, "width": 576, "height": 1024},
    "diggCount": 1, "shareCount": 1, "playCount": 100, "commentCount": 1, "hashtags": [{"name": "fyp"}], "mentions": [],
}  # fmt: skip


@pytest.fixture
def analysis_file(tmp_path: Path) -> Path:
    path = tmp_path / "analysis.json"
    path.write_bytes(hand_made().to_bytes())
    return path


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    content: dict[str, object] = json.loads(capsys.readouterr().out)
    return content


@pytest.mark.parametrize("kind", ["record", "scraped"])
def test_json_has_the_vector_of_the_files(analysis_file: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    record = hand_made_record()
    scraped = ScrapedVideo(record=record, outcome=Outcome(views=1, likes=0, comments=0, shares=0))
    metadata = analysis_file.with_name("item.json")
    metadata.write_bytes((record if kind == "record" else scraped).to_bytes())
    features(analysis_file, metadata=metadata, as_json=True, out=analysis_file.with_name("out.json"))
    content = printed(capsys)
    vector = compute(hand_made(), record)
    assert content == {
        "catalogue_version": catalogue_version(), "profile": "test-profile", "values": vector.values, "missing": vector.missing,
    }  # fmt: skip
    assert json.loads(analysis_file.with_name("out.json").read_text()) == content


def test_a_raw_apify_item_is_metadata_too(analysis_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    metadata = analysis_file.with_name("item.json")
    metadata.write_text(json.dumps(APIFY_ITEM))
    features(analysis_file, metadata=metadata, as_json=True)
    values = printed(capsys)["values"]
    assert isinstance(values, dict)
    assert (values["meta_has_question"], values["meta_hashtag_count"], values["meta_creator_size"]) == (1.0, 1.0, "nano")


def test_without_metadata_its_features_are_null_with_the_reason(
    analysis_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    features(analysis_file)
    text = capsys.readouterr().out
    assert "no metadata given" in text
    assert "scene_cuts_per_10s" in text
    assert "3.3 cuts per 10 s" in text


def test_a_long_reason_is_told_whole_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    why = "no weights: set RUMIAI_OBJECTS_WEIGHTS to YOLO weights (a folder, .onnx, .pt or .engine)"
    engines = {**hand_made().engines, EngineName.OBJECTS: EngineReport(status=EngineStatus.OFF, reason=why)}
    path = tmp_path / "analysis.json"
    path.write_bytes(hand_made().model_copy(update={"engines": engines, "objects": None}).to_bytes())
    features(path)
    text = " ".join(capsys.readouterr().out.split())
    assert text.count("RUMIAI_OBJECTS_WEIGHTS") == 1
    assert f"The objects engine did not run: {why}." in text


@pytest.mark.parametrize(("seconds", "asked"), [(11.0, False), (30.0, True)])
def test_metadata_of_another_length_are_asked_about(
    analysis_file: Path, capsys: pytest.CaptureFixture[str], seconds: float, *, asked: bool
) -> None:
    metadata = analysis_file.with_name("item.json")
    metadata.write_bytes(hand_made_record().model_copy(update={"duration_s": seconds}).to_bytes())
    features(analysis_file, metadata=metadata, as_json=True)
    assert ("Is that the same video?" in capsys.readouterr().err) is asked


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "does not exist"),
        ("", "invalid JSON"),
        ('{"video": ', "line 1 column"),
        ("[]", "does not fit: the whole file"),
        ('{"schema_version": 1}', "does not fit: video: field required"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_bad_analysis_is_one_sentence_with_the_file(tmp_path: Path, content: str | bytes | None, said: str) -> None:
    path = tmp_path / "bad.json"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageError) as caught:
        features(path)
    assert said in str(caught.value)
    assert "bad.json" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "line 1, column 2"),
        ("[1]", "holds a list"),
        ("{}", "lacks"),
        ('{"video_id": "1"}', "does not fit: url"),
        ('{"record": 1}', "does not fit: record"),
    ],
)
def test_bad_metadata_is_one_sentence_with_the_file(analysis_file: Path, content: str, said: str) -> None:
    metadata = analysis_file.with_name("item.json")
    metadata.write_text(content)
    with pytest.raises(UsageError) as caught:
        features(analysis_file, metadata=metadata)
    assert said in str(caught.value)
    assert "item.json" in str(caught.value)


def test_an_output_that_cannot_be_written_is_said(analysis_file: Path) -> None:
    with pytest.raises(UsageError, match="can't be written"):
        features(analysis_file, out=analysis_file / "out.json")


def test_catalogue_lists_searches_and_counts(capsys: pytest.CaptureFixture[str]) -> None:
    catalogue(as_json=True)
    everything = printed(capsys)
    assert everything["features"] == len(CATALOGUE)
    catalogue(search="SMILE", as_json=True)
    found = printed(capsys)
    assert 0 < int(str(found["features"])) < len(CATALOGUE) / 4
    catalogue()
    assert f"{len(CATALOGUE)} of {len(CATALOGUE)} features" in capsys.readouterr().out
    catalogue(as_markdown=True)
    assert capsys.readouterr().out == (Path(__file__).parents[2] / "docs/features.md").read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="zzz"):
        catalogue(search="zzz")


def test_a_search_takes_several_words_and_a_declaration_names_its_formula(capsys: pytest.CaptureFixture[str]) -> None:
    catalogue(search="closing smile", as_json=True)
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)["declarations"]}
    assert "emotion_closing_smile_proxy" in found
    module, function = found["emotion_closing_smile_proxy"]["formula"].split(".")
    assert f"def {function}(" in (Path(compute_module).parent / "formulas" / f"{module}.py").read_text()
