"""Freezes a batch: items, selection, brand logo; what was frozen once is read back ever after."""

from pathlib import Path

from services.acquisition.selection import build_plan
from services.acquisition.settings import AcquisitionSettings
from services.acquisition.sources import open_source
from services.acquisition.store import AcquisitionStore
from shared.artifacts import ArtifactStore, client_prefix
from shared.contracts.base import ArtifactRef
from shared.contracts.events import BatchRequested
from shared.contracts.failure import FailureReason
from shared.contracts.plan import Plan
from shared.contracts.request import MAX_LOGO_BYTES, DatasetSource
from shared.errors import BadInput, UsageError

_JSON = {"suffix": ".json", "media_type": "application/json"}
_LOGO_TYPES = {".png": "image/png", ".svg": "image/svg+xml"}


class Freezer:
    """Gives the plan of a batch run: the stored one, or a selection made now, since scrapers never answer the same twice."""

    def __init__(self, *, store: AcquisitionStore, artifacts: ArtifactStore, settings: AcquisitionSettings) -> None:
        self._store = store
        self._artifacts = artifacts
        self._settings = settings

    def plan(self, event: BatchRequested) -> tuple[Plan, ArtifactRef, ArtifactRef]:
        """The plan with the references of plan and request. Blocking. Raises BadInput, Transient or Unavailable."""
        key = (event.client, event.batch, event.run)
        known = self._store.plan(*key)
        if known is None:
            plan = self._select(event).model_copy(update={"logo": self._logo(event)})
            prefix = client_prefix(event.client, "plans")
            self._store.freeze_plan(
                *key,
                plan=self._artifacts.put(prefix, plan.to_bytes(), **_JSON),
                request=self._artifacts.put(prefix, event.request.to_bytes(), **_JSON),
            )
            known = self._store.plan(*key)
            assert known is not None
        plan_ref, request_ref = known
        return Plan.from_bytes(self._artifacts.get(plan_ref)), plan_ref, request_ref

    def _select(self, event: BatchRequested) -> Plan:
        source = open_source(event.request, settings=self._settings, memory=self._artifacts, run=event.run)
        try:
            items = source.find_items()
        except UsageError as error:  # what the request names is not there, or the scraper refuses it
            dataset = isinstance(event.request.source, DatasetSource)
            reason = FailureReason.FILE_NOT_FOUND if dataset else FailureReason.INVALID_EVENT
            raise BadInput(reason, str(error)) from error
        return build_plan(
            items,
            event.request,
            client=event.client,
            batch=event.batch,
            run=event.run,
            source_name=source.name,
            locate_media=source.locate_media,
        )

    def _logo(self, event: BatchRequested) -> ArtifactRef | None:
        """The brand's logo as an artifact: the reporter may run on another host. What it shows is checked there."""
        if event.request.client.brand.logo is None:
            return None
        path = Path(event.request.client.brand.logo)
        suffix = path.suffix.lower()
        if suffix not in _LOGO_TYPES or not path.is_file() or path.stat().st_size > MAX_LOGO_BYTES:
            raise BadInput(
                FailureReason.FILE_NOT_FOUND,
                f"client.brand.logo: {path.name} is no PNG or SVG file of at most {MAX_LOGO_BYTES:,} bytes.",
            )
        return self._artifacts.put_file(
            client_prefix(event.client, "brand"), path, suffix=suffix, media_type=_LOGO_TYPES[suffix]
        )
