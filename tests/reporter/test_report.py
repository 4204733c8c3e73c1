"""What a reader finds in the PDF: sections, words and figures that all come from the findings."""

from collections.abc import Iterator

import numpy as np
import pdf_reading as reading
import pytest
import report_samples as samples

from services.reporter import charts
from services.reporter.brand import palette
from services.reporter.features import describe
from services.reporter.package import build_documents
from shared.catalogue.feature import Direction
from shared.contracts.findings import Findings, Pattern
from shared.contracts.plan import Plan
from shared.contracts.sightings import Moment, Sighting
from shared.numbers import number, percent, probability, signed

SECTIONS = (
    "What works in 16–30 second videos",
    "3 patterns held up",
    "What to do",
    "How the videos performed",
    "The patterns and their evidence",
    "How the videos were chosen",
    "Not used, by reason",
    "Failed, by reason",
    "How it was done, and its limits",
    "What this report cannot say",
    "Checks of the data",
    "All usable videos (38)",
    "To make this report again",
)


WAYS: tuple[Direction, ...] = ("higher", "lower")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return build_documents(samples.findings(), plan=samples.plan(), request=samples.request())[0].data


@pytest.fixture(scope="module")
def content(pdf: bytes) -> str:
    return reading.text(pdf)


def test_every_section_is_there_in_order(content: str) -> None:
    places = [content.find(section) for section in SECTIONS]
    assert -1 not in places
    assert places == sorted(places)


def test_the_length_suits_an_agency(pdf: bytes) -> None:
    assert 3 <= len(reading.pages(pdf)) <= 6


def test_every_page_names_the_client_and_its_number(pdf: bytes) -> None:
    shown = reading.pages(pdf)
    for position, page in enumerate(shown, start=1):
        assert "Confidential. Prepared for Stateside Grower" in page
        assert f"{position} / {len(shown)}" in page


def test_patterns_speak_to_a_creator(content: str) -> None:
    assert "Cut to a new shot more often" in content
    assert "Ask a question on screen" in content
    assert "Lower my_own_column" in content, "a column the catalogue does not know keeps its own name"


def test_a_pattern_shows_all_its_evidence(content: str) -> None:
    pattern = samples.findings().patterns[0]
    assert f"{signed(pattern.effect)}, interval {signed(pattern.interval[0])} to {signed(pattern.interval[1])}" in content
    assert f"p {probability(pattern.p_value)}, q {probability(pattern.q_value)}, n = {pattern.n}" in content
    assert "random forest and linear model (2 of 4 models)" in content
    assert "median, n = 7" in content
    assert "Cuts (they move together: one finding)" in content


def test_yes_or_no_features_are_counted_not_averaged(content: str) -> None:
    rows, pattern = samples.findings().evidence, samples.findings().patterns[2]
    top = {*pattern.supporting, *pattern.contradicting}
    holders = sum(row.values["overlay_has_question"] == 1.0 for row in rows if row.row_id in top)
    assert f"{holders} of {len(top)} Top videos have it" in content


def test_an_instruction_names_what_half_of_the_followers_have(content: str) -> None:
    findings = samples.findings()
    low, high, longest, shortest = aims(findings, findings.patterns[0])
    assert f"(aim for {low:.1f} to {high:.1f} cuts per 10 s, one every {shortest:.1f} to {longest:.1f} s)" in content


def test_the_seconds_stand_beside_the_videos() -> None:
    findings = samples.findings(patterns=1)
    (pattern,) = findings.patterns
    cuts = tuple(Moment(what="cut", start_s=float(second), end_s=float(second)) for second in (1, 2, 4, 8))
    seen = tuple(Sighting(row_id=row, feature=pattern.features[0], value=4.0, moments=cuts) for row in pattern.supporting)
    told = findings.model_copy(update={"patterns": (pattern.model_copy(update={"sightings": seen}),)})
    content = reading.text(build_documents(told)[0].data)
    assert "follow it (and the seconds it rests on):" in content
    assert "(1.0 s, 2.0 s, 4.0 s …)" in content
    assert "rests on" not in reading.text(build_documents(findings)[0].data)


def test_the_selection_is_told_with_its_losses(content: str) -> None:
    assert samples.plan().population in content
    assert "The same video again (duplicate) 31" in content
    assert "The video file was damaged (corrupt_file) 2" in content
    assert "2 failed, 0 left out" in content
    assert "among videos that did well already" in content
    assert "Correlation is not cause" in content


def test_videos_are_linked(pdf: bytes) -> None:
    assert reading.links(pdf) == {row.url for row in samples.findings().evidence}


def test_every_number_comes_from_the_findings_or_the_plan(content: str) -> None:
    findings, plan = samples.findings(), samples.plan()
    allowed = {token for value in known(findings, plan) for token in written(value)}
    allowed |= {token for word in ("16–30", "90th") for token in reading.numbers(word)}
    surplus = reading.numbers(content, without=texts(findings, plan)) - allowed
    assert not surplus


def known(findings: Findings, plan: Plan) -> Iterator[float]:
    """Every number that the report may show: those of its input, counts of its input, and the scales of its charts."""
    yield from numeric(findings.model_dump())
    yield from numeric(plan.counts.model_dump())
    yield from (amount for _, amount in samples.REJECTED)
    for video in plan.videos:
        outcome = video.outcome
        yield from (outcome.views, outcome.likes + outcome.comments + outcome.shares)
    for rank, pattern in enumerate(findings.patterns, start=1):
        total = len(pattern.supporting) + len(pattern.contradicting)
        yield from (rank, len(pattern.supporting), total, len(pattern.consensus))
        values = [value for row in findings.evidence if isinstance(value := row.values[pattern.features[0]], float)]
        yield from (len(findings.evidence) - len(values), sum(value == 1.0 for value in values))
        yield from charts.ticks(min(values), max(values))
        yield from (sum(v == 1.0 for v in values if v) - k for k in range(total + 1))
        yield from aims(findings, pattern)
    targets = [row.target for row in findings.evidence]
    yield from charts.ticks(min(targets), max(targets))
    yield from (len(findings.patterns), len(findings.models), len(findings.evidence), *range(1, 8))
    yield from (0, 0.5, 1)
    drawn = charts.histogram(targets, (), form=percent, palette=palette(samples.request().client.brand), title="")
    yield from (float(token.rstrip("%")) / (100 if "%" in token else 1) for token in drawn_texts(drawn))


def aims(findings: Findings, pattern: Pattern) -> Iterator[float]:
    """The quartiles of the top rows that follow it, and as the seconds from one to the next."""
    rows = [row.values[pattern.features[0]] for row in findings.evidence if row.row_id in pattern.supporting]
    low, high = np.quantile([value for value in rows if isinstance(value, float)], [0.25, 0.75])
    yield from (low, high, *(10 / rate for rate in (low, high) if rate > 0))


def drawn_texts(drawing: str) -> list[str]:
    return [part.split("</text>")[0] for part in drawing.split('">') if "</text>" in part]


def numeric(value: object) -> Iterator[float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            yield from numeric(item)
    elif isinstance(value, int | float):
        yield float(value)


def written(value: float) -> set[str]:
    forms = [percent(value), percent(value, 0), number(value), signed(value), f"{value:.4f}", f"{value:.3f}", f"{value:.1f}"]
    return {token for form in forms for token in reading.numbers(form)}


def texts(findings: Findings, plan: Plan) -> Iterator[str]:
    """Words with digits that are no figures of the report: names, dates, versions, definitions, the trainer's sentences."""
    yield from (findings.population or "", findings.data_sha256, str(findings.seed), findings.profile or "", "R²")
    yield from (findings.catalogue_version or "", *findings.libraries.values(), *(check.sentence for check in findings.checks))
    yield from (check.code for check in findings.checks)
    yield from (model.validation for model in findings.models)
    yield from (row.row_id for row in findings.evidence)
    for video in plan.videos:
        posted = video.record.posted_at
        yield from (
            posted.date().isoformat(),
            f"{posted.day} {posted:%B} {posted.year}",
            f"{posted.day} {posted:%B}",
            f"{posted:%Y}",
        )
    for name in samples.FEATURES:
        words = describe(name)
        yield from (
            words.title,
            words.definition or "",
            *(words.instruct(way, None) for way in WAYS),
            "per 10 s",
            "Cuts per 10 seconds",
            "r1",
        )


def test_the_trainers_procedure_and_label_rules_are_told() -> None:
    rules = {samples.Label.STRONG: "STRONG: q is at most 0.05.", samples.Label.EMERGING: "EMERGING: worth a test."}
    told = samples.findings(patterns=1).model_copy(
        update={"procedure": ("Shuffled 1999 times.", "Then counted."), "label_rules": rules}
    )
    content = reading.exact_text(build_documents(told)[0].data)
    assert "The exact procedure Shuffled 1999 times. Then counted." in content
    assert "STRONG q is at most 0.05." in content
    assert "EMERGING Worth a test." in content


def test_nothing_found_is_a_result() -> None:
    content = reading.text(build_documents(samples.nothing_found(), plan=samples.plan(), request=samples.request())[0].data)
    assert "No pattern held up" in content
    assert "96 features of 38 videos were compared with the engagement rate" in content
    assert "does not mean that nothing works" in content
    assert "The patterns and their evidence" not in content
    assert "How well the models predict" in content


def test_insufficient_data_says_what_is_missing_and_what_to_do() -> None:
    pdf = build_documents(samples.insufficient(), plan=samples.plan(n=6), request=samples.request())[0].data
    content = reading.exact_text(pdf)
    assert "Not enough videos to learn from yet" in content
    assert samples.insufficient().verdict_sentence in content
    assert "14 more videos needed 6 of 20 there" in content
    assert "Ask for more videos" in content
    assert "p =" not in content
    assert len(reading.pages(pdf)) <= 3


def test_a_bare_table_gets_a_report_too() -> None:
    content = reading.text(build_documents(samples.table())[0].data)
    assert "What goes with weekly_sales" in content
    assert "Data table" in content
    assert "The findings do not say what the rows are a sample of." in content
    assert "video" not in content.lower()


def test_a_large_table_is_thinned_out_and_says_so() -> None:
    full = samples.table()
    rows = tuple(full.evidence[i % 38].model_copy(update={"row_id": f"row{i}"}) for i in range(5000))
    content = reading.exact_text(build_documents(full.model_copy(update={"evidence": rows}))[0].data)
    assert "drawn, evenly over the results" in content
    assert "The best 500 of 5,000 rows; the findings file has all" in content
    assert "each tick is one" not in content


def test_nothing_usable_at_all_still_makes_a_report() -> None:
    empty = samples.insufficient().model_copy(
        update={"counts": samples.Usable(planned=0, usable=0, failed=0), "performance": None, "evidence": (), "failures": {}}
    )
    content = reading.text(build_documents(empty)[0].data)
    assert "Not enough videos" in content
    assert "0 usable videos" in content
