"""The child process's side: loads findings by reference, builds the documents and stores them."""

from pathlib import Path
from typing import TypeVar

from services.reporter.brand import Logo, check_logo
from services.reporter.package import File, build_documents, stem
from services.reporter.source import Source
from shared.artifacts import ArtifactStore, client_prefix
from shared.contracts.base import ArtifactRef, Contract, Token
from shared.contracts.events import Document
from shared.contracts.findings import Findings
from shared.contracts.plan import Plan
from shared.contracts.request import BatchRequest
from shared.errors import UsageError

AnyContract = TypeVar("AnyContract", bound=Contract)


class Order(Contract):
    """What to render, and for whom."""

    store_url: str
    client: Token
    findings: ArtifactRef
    plan: ArtifactRef | None = None
    request: ArtifactRef | None = None


class Answer(Contract):
    """What was stored; `notes` say in sentences what a document had to do without."""

    documents: tuple[Document, ...]
    patterns: int
    notes: tuple[str, ...] = ()


def handle(request: bytes) -> bytes:
    """An Order as JSON becomes an Answer as JSON; the documents lie under the client's reports.

    Raises RumiError subclasses of the store and the renderer; pydantic.ValidationError for a malformed order.
    """
    order = Order.from_bytes(request)
    store = ArtifactStore.open(order.store_url)
    findings = Findings.from_bytes(store.get(order.findings))
    plan, batch = _load(store, order.plan, Plan), _load(store, order.request, BatchRequest)
    logo, notes = _logo(store, plan)
    files = build_documents(findings, plan=plan, request=batch, logo=logo)
    documents = tuple(_put(store, order.client, file) for file in files) + _page(findings, plan, batch)
    return Answer(documents=documents, patterns=len(findings.patterns), notes=notes).to_bytes()


def _load(store: ArtifactStore, ref: ArtifactRef | None, contract: type[AnyContract]) -> AnyContract | None:
    return contract.from_bytes(store.get(ref)) if ref else None


def _logo(store: ArtifactStore, plan: Plan | None) -> tuple[Logo | None, tuple[str, ...]]:
    if plan is None or plan.logo is None:
        return None, ()
    try:
        return check_logo(store.get(plan.logo), name="of the brand pack"), ()
    except UsageError as error:  # a batch must not stop for its decoration
        return None, (f"{error} The report carries the client's name alone.",)


def _page(findings: Findings, plan: Plan | None, batch: BatchRequest | None) -> tuple[Document, ...]:
    """The trainer's page is handed on as it is."""
    if findings.page is None:
        return ()
    name = stem(Source(findings, plan, batch))
    return (Document(kind="findings_page", filename=f"{name}-findings.html", artifact=findings.page),)


def _put(store: ArtifactStore, client: str, file: File) -> Document:
    suffix = Path(file.filename).suffix
    ref = store.put(client_prefix(client, "reports"), file.data, suffix=suffix, media_type=file.media_type)
    return Document(kind=file.kind, filename=file.filename, artifact=ref)
