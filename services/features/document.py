"""The whole catalogue as one document, and what changed between two of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from services.features.version import catalogue_version, code_digests, formula_digest
from shared.artifacts import PUBLIC_CATALOGUES, ArtifactStore
from shared.catalogue.registry import CATALOGUE
from shared.contracts.base import Contract


class CatalogueDocument(Contract):
    """Every declaration by name in the order of the vector, a digest of each formula, and of the code beneath them."""

    schema_version: Literal[1] = 1
    catalogue_version: str
    declarations: dict[str, dict[str, Any]]
    formulas: dict[str, str]
    code: dict[str, str]


@dataclass(frozen=True)
class Difference:
    """From `old` to `new`: names of features, for changed declarations with (before, after) per declared field.

    `code` are modules that differ: where they are not formulas themselves, numbers of any feature built on them may differ.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    declared: Mapping[str, Mapping[str, tuple[Any, Any]]]
    formulas: tuple[str, ...]
    moved: tuple[str, ...]
    code: tuple[str, ...]

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.declared, self.formulas, self.moved, self.code))


def catalogue_document() -> CatalogueDocument:
    """The catalogue of this installation."""
    declarations = {feature.name: dict(feature.declaration()) for feature in CATALOGUE.features()}
    return CatalogueDocument(
        catalogue_version=catalogue_version(),
        declarations=declarations,
        formulas={name: formula_digest(name) for name in declarations},
        code=code_digests(),
    )


def keep(artifacts: ArtifactStore) -> None:
    """Store this catalogue under its version, so that later versions can be compared with it."""
    if artifacts.get_key(_key(catalogue_version())) is None:
        artifacts.put_key(_key(catalogue_version()), catalogue_document().to_bytes())


def kept(artifacts: ArtifactStore, version: str) -> bytes | None:
    """The catalogue of a version that was kept here, or None."""
    return artifacts.get_key(_key(version))


def _key(version: str) -> str:
    return f"{PUBLIC_CATALOGUES}/{version}.json"


def difference(old: CatalogueDocument, new: CatalogueDocument) -> Difference:
    """What changed; empty where the two are the same version."""
    both = [name for name in new.declarations if name in old.declarations]
    declared = {name: _fields(old.declarations[name], new.declarations[name]) for name in both}
    before = [name for name in old.declarations if name in new.declarations]
    return Difference(
        added=tuple(name for name in new.declarations if name not in old.declarations),
        removed=tuple(name for name in old.declarations if name not in new.declarations),
        declared={name: fields for name, fields in declared.items() if fields},
        formulas=tuple(name for name in both if old.formulas[name] != new.formulas[name]),
        moved=() if before == both else tuple(name for name, other in zip(both, before, strict=True) if name != other),
        code=tuple(sorted(module for module in {*old.code, *new.code} if old.code.get(module) != new.code.get(module))),
    )


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    keys = dict.fromkeys((*new, *old))
    return {key: (old.get(key), new.get(key)) for key in keys if _plain(old.get(key)) != _plain(new.get(key))}


def _plain(value: Any) -> Any:
    """JSON has lists where the code has tuples."""
    return list(value) if isinstance(value, tuple) else value
