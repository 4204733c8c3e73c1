import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from services.console.commands.predict import predict
from services.trainer.files import files
from services.trainer.inference import predictions
from services.trainer.loading import from_folder, from_store
from services.trainer.newrows import NewRows
from services.trainer.rows import from_rows
from services.trainer.train import Context, Trained, train
from services.trainer.worker import store_trained
from shared.artifacts import ArtifactDamaged, ArtifactStore
from shared.contracts.bucket import Bucket
from shared.contracts.forecast import Prediction
from shared.errors import UsageError
from tests.trainer.tables import QUICK, feature_rows, planted, table

Answers = Callable[..., list[Prediction]]


@pytest.fixture(scope="module")
def trained() -> Trained:
    return train(from_rows(feature_rows(30)), draws=QUICK, context=Context(client="acme", bucket=Bucket.S16_30))


@pytest.fixture
def folder(trained: Trained, tmp_path: Path) -> Path:
    for name, data in files(trained).items():
        (tmp_path / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / name).write_bytes(data)
    return tmp_path / "out"


@pytest.fixture
def ask(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Answers:
    def answers(**changes: Any) -> list[Prediction]:
        """Ask for the vector of one video, some fields of its JSON changed."""
        vector = {
            "catalogue_version": "1",
            "profile": "full",
            "values": {"cuts_per_s": 0.4, "hook": "claim", "speech_share": 0.1},
        }
        (tmp_path / "new.json").write_text(json.dumps(vector | changes))
        predict(folder, tmp_path / "new.json", json_=True)
        return [Prediction.model_validate(one) for one in json.loads(capsys.readouterr().out)]

    return answers


def test_more_of_what_drives_the_target_means_more_expected_and_a_pattern_followed(ask: Answers) -> None:
    (low,) = ask(values={"cuts_per_s": -1.2, "hook": "claim", "speech_share": 0.1})
    (high,) = ask(values={"cuts_per_s": 1.2, "hook": "claim", "speech_share": 0.1})
    assert low.expected < high.expected
    assert low.low is not None
    assert low.high is not None
    assert low.low < low.expected < low.high
    stances = [[one.stance for one in made.patterns if one.conditions[0].feature == "cuts_per_s"] for made in (low, high)]
    assert stances == [["breaks"], ["follows"]]
    assert high.cluster is not None


def test_an_unknown_value_is_no_stance_but_a_prediction(ask: Answers) -> None:
    (made,) = ask(values={"cuts_per_s": None, "hook": None, "speech_share": None})
    assert made.expected > 0
    assert {one.stance for one in made.patterns} == {"unknown"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"profile": "lite"}, "the profile lite, but the models know full"),
        ({"catalogue_version": "2"}, "the catalogue version 2, but the models know 1"),
        ({"bucket": "0-15s"}, "are of 0-15s, but the models know 16-30s"),
        ({"bucket": "a week"}, "the bucket 'a week', which does not exist"),
        ({"values": {"cuts_per_s": 1.0, "hook": "claim"}}, "lacks 1 column that the models know: speech_share"),
        ({"values": {"cuts_per_s": 1.0, "hook": "song", "speech_share": 1}}, "'song' in 'hook', which the models never saw"),
        ({"values": {"cuts_per_s": "many", "hook": "claim", "speech_share": 1}}, "the text 'many' in the number column"),
        ({"values": {"cuts_per_s": [1], "hook": "claim", "speech_share": 1}}, "cuts_per_s .* no number and no text"),
        ({"values": None}, "no field values"),
    ],
)
def test_rows_the_models_can_not_judge_are_refused_in_a_sentence(ask: Answers, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words) as error:
        ask(**changes)
    assert "\n" not in str(error.value)


def test_a_table_gives_one_answer_per_row_and_unknown_versions_are_noted(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = {
        "id": ["a", "b"],
        "cuts_per_s": [1.0, -1.0],
        "hook": ["claim", "question"],
        "speech_share": [0.2, None],
        "more": [1, 2],
    }
    pl.DataFrame(frame).write_csv(tmp_path / "new.csv")
    predict(folder, tmp_path / "new.csv")
    shown = capsys.readouterr().out
    assert "a: engagement_rate" in shown
    assert "b: engagement_rate" in shown
    assert "90% interval" in shown
    assert "The profile of the rows is not given; taken to be full." in shown
    assert "Higher cuts_per_s" in shown


def test_a_row_that_was_learned_from_is_said_to_be(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = feature_rows(30)[4]
    (tmp_path / "row.json").write_bytes(row.to_bytes())
    predict(folder, tmp_path / "row.json", json_=True)
    (made,) = json.loads(capsys.readouterr().out)
    assert made["row_id"] == row.video_id
    assert "learned from a row of this id" in made["notes"][0]


def test_too_few_groups_have_no_interval_and_it_is_said(folder: Path) -> None:
    loaded = from_folder(folder)
    few = loaded.forecast.model_copy(update={"residuals": loaded.forecast.residuals[:6], "groups": 6})
    cells = {"cuts_per_s": [0.1], "hook": ["claim"], "speech_share": [0.2]}
    (made,) = predictions(replace(loaded, forecast=few), NewRows("t.csv", ("new",), cells, "full", "1"))
    assert (made.low, made.high) == (None, None)
    assert made.notes == ("6 rows are too few for an interval of 90%: at least 9 are needed.",)


def test_without_a_forecaster_no_forecast_is_written(trained: Trained) -> None:
    assert not [name for name in files(replace(trained, forecaster=None)) if name.startswith("forecast")]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda out: (out / "findings.json").unlink(), "There is no .*findings.json"),
        (lambda out: (out / "forecast" / "forecast.json").write_text("{}"), "is not what `rumiai train` wrote"),
        (lambda out: (out / "forecast" / "fold-1.skops").write_bytes(b"other"), "fold-1.skops has other bytes"),
        (lambda out: (out / "forecast" / "fold-2.skops").unlink(), "There is no model .*fold-2.skops"),
        (lambda out: (out / "models" / "kmeans.skops").write_bytes(b"other"), "kmeans.skops has other bytes"),
    ],
)
def test_a_damaged_folder_is_named(folder: Path, damage: Callable[[Path], object], words: str) -> None:
    damage(folder)
    with pytest.raises(UsageError, match=words):
        from_folder(folder)


def test_a_refusal_has_nothing_to_predict_with(tmp_path: Path) -> None:
    for name, data in files(train(table(planted(rows=7)), draws=QUICK)).items():
        (tmp_path / name).write_bytes(data)
    with pytest.raises(UsageError, match=r"no models to predict with\. Nothing was learned: 7 of 7"):
        from_folder(tmp_path)


def test_models_of_the_service_come_from_the_store(trained: Trained, tmp_path: Path) -> None:
    store = ArtifactStore.open((tmp_path / "store").as_uri())
    findings = store_trained(store, "acme", trained)
    loaded = from_store(findings, store)
    assert len(loaded.folds) == len(loaded.forecast.folds) == 5
    assert findings.page is not None
    assert store.get(findings.page).startswith(b"<!doctype html>")
    with pytest.raises(UsageError, match="refer to no forecast"):
        from_store(trained.findings, store)
    with pytest.raises(ArtifactDamaged):
        from_store(findings, ArtifactStore.open((tmp_path / "empty").as_uri()))
