"""The view becomes HTML and the HTML a tagged A4 PDF. Nothing is fetched: fonts and logo are handed over from memory."""

import hashlib
import logging
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from services.reporter.brand import Logo
from services.reporter.view import Report
from shared.errors import RumiError

FONT_SCHEME = "rumiai-font:"
LOGO_URL = "rumiai-logo:"
VARIANT = "pdf/ua-1"


class RenderFailed(RumiError):  # noqa: N818 - reads as the state it names
    """The document could not be made."""


class EmbeddedOnly(URLFetcher):  # type: ignore[misc]
    """Answers for the bundled fonts and the given logo; every other address stops the rendering."""

    def __init__(self, logo: Logo | None) -> None:
        super().__init__(allowed_protocols=[])
        self._logo = logo

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002 - WeasyPrint's signature
        """The bytes of an embedded resource. Raises FatalURLFetchingError for anything else."""
        if url.startswith(FONT_SCHEME):
            return URLFetcherResponse(url, font(url.removeprefix(FONT_SCHEME)), {"Content-Type": "font/ttf"})
        if url == LOGO_URL and self._logo:
            return URLFetcherResponse(url, self._logo.data, {"Content-Type": self._logo.media_type})
        raise FatalURLFetchingError(url[:200])


@cache
def font(name: str) -> bytes:
    """The bytes of a bundled font file (Inter, SIL Open Font License)."""
    return files("services.reporter").joinpath("fonts", f"{name}.ttf").read_bytes()


def clean(text: str) -> str:
    """Text without control characters and without marks that turn the direction of what follows."""
    return text.translate(_UNPRINTABLE)


_UNPRINTABLE = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


def _finalize(value: object) -> object:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def environment() -> Environment:
    """Jinja with strict names and escaping."""
    return Environment(
        loader=PackageLoader("services.reporter"),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def to_html(report: Report) -> str:
    """The document as HTML with its style inside."""
    return environment().get_template("report.html.j2").render(report=report, logo_url=LOGO_URL, font_scheme=FONT_SCHEME)


def to_pdf(report: Report, *, logo: Logo | None = None) -> bytes:
    """The document as PDF/UA. Same view, logo and library versions: same bytes. Raises RenderFailed."""
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    html = to_html(report)
    digest = hashlib.sha256(html.encode()).digest()[:16]
    try:
        return bytes(HTML(string=html, url_fetcher=EmbeddedOnly(logo)).write_pdf(pdf_variant=VARIANT, pdf_identifier=digest))
    except FatalURLFetchingError as error:
        raise RenderFailed(
            f"The logo asks for {error}, which a report never fetches: embed it in the file, or use a PNG."
        ) from None
