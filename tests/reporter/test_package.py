"""The package is deterministic, marked, branded, safe against hostile text, and checked before it leaves."""

import io
import socket
import struct
import zlib

import pdf_reading as reading
import pytest
import report_samples as samples
from pypdf import PdfReader

from services.reporter.brand import check_logo
from services.reporter.document import build_report
from services.reporter.package import build_documents, check_findings, check_pdf
from services.reporter.render import EmbeddedOnly, RenderFailed, to_html
from services.reporter.source import Source
from shared.contracts.findings import Findings, Label
from shared.errors import UsageError

HOSTILE = '<script>alert(1)</script> & "Söhne" \u202egnp.exe\u202c 🎉 مرحبا 日本語 \x07' + "x" * 120
MARGIN_MM, WIDTH_MM, HEIGHT_MM = 18, 210, 297
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10" fill="#FF00AA"/></svg>'


def png(width: int = 40, height: int = 10) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + b"\xff\x00\xaa" * 40 for _ in range(10)))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def hostile() -> Findings:
    """Findings whose every free text tries to break out."""
    full = samples.findings(patterns=1)
    name = "<b>" + "very_long_column_name_" * 12
    pattern = full.patterns[0].model_copy(update={"features": (name,), "also_known_as": ("</td></table>", HOSTILE)})
    rows = tuple(
        row.model_copy(
            update={"values": {name: float(i)}, "url": ("javascript:alert(1)", "file:///etc/passwd", None, "http://[")[i % 4]}
        )
        for i, row in enumerate(full.evidence)
    )
    checks = tuple(check.model_copy(update={"sentence": HOSTILE}) for check in full.checks)
    update = {"patterns": (pattern,), "evidence": rows, "checks": checks, "population": HOSTILE, "client_name": HOSTILE}
    return full.model_copy(update=update)


def test_the_same_input_gives_the_same_bytes() -> None:
    logo, findings = check_logo(png(), name="logo.png"), samples.findings(patterns=2)
    one, other = (build_documents(findings, plan=samples.plan(), request=samples.request(), logo=logo) for _ in range(2))
    assert one == other


def test_files_are_named_after_client_batch_and_bucket() -> None:
    files = build_documents(samples.insufficient(), plan=samples.plan(), request=samples.request(tags=("Crème brûlée",)))
    assert [file.filename for file in files] == [
        "stateside-grower-nutrition-spring-16-30s-report.pdf",
        "stateside-grower-nutrition-spring-16-30s-findings.json",
    ]
    assert [file.kind for file in files] == ["client_report", "findings"]
    assert Findings.from_bytes(files[1].data) == samples.insufficient()


def test_the_pdf_carries_title_author_language_and_tags_but_no_clock_time() -> None:
    reader = PdfReader(io.BytesIO(build_documents(samples.insufficient())[0].data))
    assert reader.metadata is not None
    assert reader.metadata.title == "A look at 16–30 second videos: Stateside Grower"
    assert reader.metadata.author == "RumiAI"
    assert reader.metadata.creation_date is None
    assert reader.root_object["/Lang"] == "en"
    assert reader.root_object["/MarkInfo"]["/Marked"]


def test_sample_data_are_marked_on_every_page() -> None:
    sample = samples.findings(patterns=1).model_copy(update={"sample_data": True})
    assert all("SAMPLE DATA" in page for page in reading.pages(build_documents(sample, plan=samples.plan())[0].data))
    real = build_documents(samples.insufficient())[0].data
    assert "SAMPLE" not in reading.text(real)


def test_brand_colors_and_logo_are_used() -> None:
    source = Source(samples.findings(), samples.plan(), samples.request(primary_color="#AA0044", accent_color="#FFCC00"))
    page = to_html(build_report(source, has_logo=True))
    assert "background: #AA0044" in page
    assert "#FFCC00" in page
    assert "#1E3A8A" not in page
    assert 'alt="Logo of Stateside Grower"' in page
    bare = build_documents(samples.insufficient())[0].data
    assert all(
        build_documents(samples.insufficient(), logo=check_logo(data, name="logo"))[0].data != bare for data in (png(), SVG)
    )


@pytest.mark.parametrize(
    "data",
    [
        b"GIF89a",
        b"",
        png(width=100_000, height=100_000),
        SVG + b" " * 1_000_001,
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG,
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.decode()).encode("utf-16"),
        SVG.replace(b"<rect", b'<image href="http://example.com/x.png"/><rect'),
        SVG.replace(b"<rect", b'<use href="file:///etc/passwd#a"/><rect'),
        SVG.replace(b"<rect", b"<style>@import 'http://example.com/a.css';</style><rect"),
        SVG.replace(b"#FF00AA", b"url(http://example.com/p)"),
    ],
)
def test_a_logo_that_is_no_plain_image_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UsageError, match=r"^The logo brand\.svg .*\.$"):
        check_logo(data, name="brand.svg")


def test_nothing_but_fonts_and_logo_is_answered() -> None:
    for url in ("http://example.com/", "file:///etc/passwd", "data:text/plain,x", "rumiai-logo:other"):
        with pytest.raises(BaseException, match=r"example|passwd|plain|other"):
            EmbeddedOnly(None).fetch(url)


def test_hostile_text_is_shown_as_text_stays_on_the_page_and_reaches_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a report reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    logo = check_logo(SVG, name="logo.svg")
    pdf = build_documents(hostile(), plan=samples.plan(), request=samples.request(name=HOSTILE[:190]), logo=logo)[0].data
    content = reading.exact_text(pdf)
    assert "<script>alert(1)</script>" in content
    assert "</td></table>" in content
    assert "\u202e" not in content
    assert all(link.startswith("https://www.tiktok.com/@") for link in reading.links(pdf))
    assert len(reading.pages(pdf)) <= 8
    within_margins(pdf)


def test_text_stays_within_the_margins() -> None:
    within_margins(build_documents(samples.findings(patterns=5), plan=samples.plan(), request=samples.request())[0].data)


def within_margins(pdf: bytes) -> None:
    for page, left, bottom, right, top in reading.boxes(pdf):
        assert left >= MARGIN_MM - 0.5, f"page {page}"
        assert right <= WIDTH_MM - MARGIN_MM + 0.5, f"page {page}"
        assert 5 <= bottom <= top <= HEIGHT_MM - 5, f"page {page}"


def test_a_file_that_does_not_read_back_is_not_handed_out() -> None:
    with pytest.raises(RenderFailed, match="can't be read back"):
        check_pdf(b"%PDF-1.7 broken", client="A")
    pdf = build_documents(samples.insufficient())[0].data
    with pytest.raises(RenderFailed, match="does not carry"):
        check_pdf(pdf, client="Somebody else")
    with pytest.raises(RenderFailed, match="validate"):
        check_findings(b"{}", samples.insufficient())


def test_medians_that_do_not_show_a_pattern_are_not_left_to_confuse() -> None:
    findings = samples.findings(patterns=1)
    pattern = findings.patterns[0]
    as_found = reading.text(build_documents(findings, plan=samples.plan())[0].data)
    level = pattern.model_copy(update={"tiers": tuple(tier.model_copy(update={"median": 1.0}) for tier in pattern.tiers)})
    leveled = reading.text(build_documents(findings.model_copy(update={"patterns": (level,)}), plan=samples.plan())[0].data)
    assert "The two medians do not show it" not in as_found
    assert "The two medians do not show it" in leveled


def test_what_is_only_worth_a_test_is_not_counted_as_holding() -> None:
    findings = samples.findings()
    hints = tuple(pattern for pattern in findings.patterns if pattern.label is Label.EMERGING)
    text = reading.text(build_documents(findings.model_copy(update={"patterns": hints}), plan=samples.plan())[0].data)
    assert "No pattern held up; 1 is worth a test" in text
    assert "1 EMERGING pattern is worth a test and no more" in " ".join(text.split())
