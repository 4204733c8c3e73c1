"""Two versions of the catalogue can be told apart, feature by feature."""

import json
from pathlib import Path

import pytest

from services.console.commands.catalogue_diff import diff, save
from services.features.document import CatalogueDocument, catalogue_document, difference, keep, kept
from shared.artifacts import ArtifactStore
from shared.errors import UsageError

NOW = catalogue_document()


def changed() -> CatalogueDocument:
    """As now, but one feature fewer, one more, one declared otherwise, and one with another formula."""
    declarations = {**NOW.declarations, "scene_new": {**NOW.declarations["scene_cut_count"], "name": "scene_new"}}
    del declarations["overlay_count"]
    declarations["scene_cut_count"] = {**declarations["scene_cut_count"], "title": "Joins"}
    formulas = {**NOW.formulas, "scene_new": "0" * 16, "overlay_per_10s": "f" * 16}
    return NOW.model_copy(update={"catalogue_version": "b" * 16, "declarations": declarations, "formulas": formulas})


def test_a_version_does_not_differ_from_itself() -> None:
    assert not difference(NOW, CatalogueDocument.from_bytes(NOW.to_bytes()))


def test_every_kind_of_change_is_named() -> None:
    found = difference(NOW, changed())
    assert (found.added, found.removed, found.formulas) == (("scene_new",), ("overlay_count",), ("overlay_per_10s",))
    assert found.declared == {"scene_cut_count": {"title": (NOW.declarations["scene_cut_count"]["title"], "Joins")}}


def test_a_service_keeps_its_catalogue_under_its_version(tmp_path: Path) -> None:
    artifacts = ArtifactStore.open(f"file://{tmp_path}")
    keep(artifacts)
    assert kept(artifacts, NOW.catalogue_version) == NOW.to_bytes()
    assert kept(artifacts, "0" * 16) is None


def test_saved_catalogues_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    save(old)
    new.write_bytes(changed().to_bytes())
    capsys.readouterr()
    diff(str(old), str(new))
    said = capsys.readouterr().out
    assert "1 added, 1 removed, 1 declared otherwise, 1 with another formula" in said
    assert "+ scene_new" in said
    assert "- overlay_count" in said
    diff(str(old), str(new), as_json=True)
    assert json.loads(capsys.readouterr().out)["removed"] == ["overlay_count"]


def test_an_unknown_version_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMIAI_DATA_DIR", str(tmp_path))
    with pytest.raises(UsageError, match="Catalogue version 'abc' is not known here"):
        diff("abc")
