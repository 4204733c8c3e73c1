"""The delivery package of one bucket: named files, each read back and checked before it is handed out."""

import io
from typing import Literal, NamedTuple

from pydantic import ValidationError
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from services.reporter.brand import Logo
from services.reporter.document import build_report
from services.reporter.render import RenderFailed, clean, to_pdf
from services.reporter.source import Source
from shared.contracts.findings import Findings
from shared.contracts.plan import Plan
from shared.contracts.request import BatchRequest
from shared.tokens import slug

PDF, JSON = "application/pdf", "application/json"


class File(NamedTuple):
    """One file of the package."""

    kind: Literal["client_report", "findings"]
    filename: str
    media_type: str
    data: bytes


def build_documents(
    findings: Findings, *, plan: Plan | None = None, request: BatchRequest | None = None, logo: Logo | None = None
) -> list[File]:
    """The client report (PDF/UA) and the findings (JSON). Same input, same bytes.

    Raises RenderFailed when a file that was made does not read back as what it should be.
    """
    source = Source(findings, plan, request)
    report = build_report(source, has_logo=logo is not None)
    name = stem(source)
    pdf, data = to_pdf(report, logo=logo), findings.to_bytes()
    check_pdf(pdf, client=report.client)
    check_findings(data, findings)
    return [File("client_report", f"{name}-report.pdf", PDF, pdf), File("findings", f"{name}-findings.json", JSON, data)]


def stem(source: Source) -> str:
    """`<client>-<batch, or hashtag, or target>-<bucket>` in lower case letters, digits and hyphens."""
    findings, searches = source.findings, source.searches
    subject = findings.batch or (source.plan.batch if source.plan else searches[0] if len(searches) == 1 else findings.target)
    parts = [slug(findings.client or source.client), slug(subject), findings.bucket.value if findings.bucket else ""]
    return "-".join(part for part in parts if part)


def check_pdf(pdf: bytes, *, client: str) -> None:
    """Opens the PDF again: at least one page with text, and the client's name in the title. Raises RenderFailed."""
    try:
        reader = PdfReader(io.BytesIO(pdf))
        title, text = str(reader.metadata.title if reader.metadata else ""), reader.pages[0].extract_text()
    except (PyPdfError, IndexError) as error:
        raise RenderFailed(f"The PDF that was made can't be read back ({error}): this report was not kept.") from error
    if not text.strip() or clean(client) not in title:
        raise RenderFailed(f"The PDF that was made does not carry the client's name {client!r}: this report was not kept.")


def check_findings(data: bytes, findings: Findings) -> None:
    """Parses the JSON again and compares. Raises RenderFailed."""
    try:
        same = Findings.from_bytes(data) == findings
    except ValidationError as error:
        raise RenderFailed(f"The findings JSON that was made does not validate ({error.error_count()} problems).") from error
    if not same:
        raise RenderFailed("The findings JSON that was made reads back as something else.")
