"""`rumiai catalogue save` and `rumiai catalogue diff`: what two versions of the catalogue differ in."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from services.console.input import parse_contract, read_contract
from services.console.output import Json, write_file
from services.features.document import CatalogueDocument, Difference, catalogue_document, difference, kept
from services.features.version import catalogue_version
from shared.artifacts import ArtifactStore
from shared.errors import UsageError
from shared.settings import Settings

_Old = Annotated[str, Parameter(help="a catalogue version, or a file that `rumiai catalogue save` wrote")]
_New = Annotated[str | None, Parameter(help="the same; this catalogue if left out")]


def save(out: Annotated[Path, Parameter(help="the JSON file to write")], /) -> None:
    """Write this catalogue to a file, to compare another version with it later."""
    write_file(out, catalogue_document().model_dump_json(indent=2) + "\n")
    print(f"Catalogue version {catalogue_version()}: {out}")


def diff(old: _Old, new: _New = None, /, *, as_json: Json = False) -> None:
    """What changed between two catalogue versions: features, declarations, formulas, and the code beneath them.

    Raises UsageError for a version that no features service of this data folder has used, and for a file that does not fit.
    """
    before, after = _load(old), catalogue_document() if new is None else _load(new)
    found = difference(before, after)
    if as_json:
        versions = {"old": before.catalogue_version, "new": after.catalogue_version}
        print(json.dumps({**versions, **asdict(found)}, ensure_ascii=False, indent=2))
    else:
        _print_difference(before, after, found)


def _load(version: str) -> CatalogueDocument:
    path = Path(version)
    if path.suffix or path.exists():
        return read_contract(path, CatalogueDocument, what="catalogue")
    found = kept(ArtifactStore.open(Settings().artifacts), version)
    if found is None:
        raise UsageError(
            f"Catalogue version {version!r} is not known here: give one that the features service has run with,"
            " or a file of `rumiai catalogue save`."
        )
    return parse_contract(found.decode(), CatalogueDocument, what=f"kept catalogue {version}")


def _print_difference(old: CatalogueDocument, new: CatalogueDocument, found: Difference) -> None:
    print(f"{old.catalogue_version} -> {new.catalogue_version}: {'no difference' if not found else _summary(found)}")
    for sign, names, catalogue_of in (("+", found.added, new), ("-", found.removed, old)):
        for name in names:
            print(f"{sign} {name}: {catalogue_of.declarations[name]['definition']}")
    for name, fields in found.declared.items():
        print(f"~ {name}")
        for field, (before, after) in fields.items():
            print(f"    {field}: {before!r} -> {after!r}")
    _print_names("formula changed", found.formulas)
    _print_names("another place in the vector", found.moved)
    _print_names("changed code", found.code)


def _summary(found: Difference) -> str:
    parts: Mapping[str, int] = {
        "added": len(found.added),
        "removed": len(found.removed),
        "declared otherwise": len(found.declared),
        "with another formula": len(found.formulas),
    }
    return ", ".join(f"{count} {what}" for what, count in parts.items())


def _print_names(title: str, names: tuple[str, ...]) -> None:
    if names:
        print(f"{title}: {', '.join(names)}")
