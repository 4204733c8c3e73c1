"""Findings become one HTML file without scripts, fonts or addresses to fetch; same findings, same bytes."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from services.trainer.page.view import view
from shared.contracts.findings import Findings


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("services.trainer.page"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(findings: Findings) -> bytes:
    """The page as UTF-8."""
    return _environment().get_template("page.html.j2").render(page=view(findings), findings=findings).encode()
