import re
from html.parser import HTMLParser

import pytest

from services.trainer.drift import drift
from services.trainer.page.render import page
from services.trainer.quality import prepare
from services.trainer.train import train
from shared.contracts.findings import Condition, Confounding, Contrast, Evidence, Findings, Tier
from tests.trainer.tables import QUICK, planted, table

_VOID = {"meta", "link", "img", "br"}


class _Reader(HTMLParser):
    """Collects tags, ids, targets of links and text; fails on tags that do not nest."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.text: list[str] = []
        self.feed(data.decode())
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        known = dict(attrs)
        self.ids += [known["id"]] if known.get("id") else []
        self.links += [known["href"]] if known.get("href") else []
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base's
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def findings() -> Findings:
    data = table(planted())
    found = train(data, draws=QUICK).findings
    return found.model_copy(
        update={"drift": drift(found.patterns, data, prepare(data), found.model_copy(update={"patterns": ()}))}
    )


def test_it_has_every_section_and_is_well_formed(findings: Findings) -> None:
    seen = _Reader(page(findings))
    sections = {"target", "patterns", "ranking", "calibration", "clusters", "models", "shuffled", "drift", "method", "rows"}
    assert sections <= set(seen.ids)
    assert len(seen.ids) == len(set(seen.ids))
    assert seen.tags.count("svg") >= 7


def test_nothing_is_fetched_and_nothing_runs(findings: Findings) -> None:
    data = page(findings).decode()
    assert not {"script", "link", "img", "iframe", "object"} & set(_Reader(data.encode()).tags)
    assert not re.search(r"url\(|@import|\son\w+=", data)
    assert set(re.findall(r'(?:src|href)="(\w+:)', data)) <= {"https:", "http:"}


def test_every_row_is_listed_and_every_link_to_a_row_leads_there(findings: Findings) -> None:
    seen = _Reader(page(findings))
    assert {f"row-{row.row_id}" for row in findings.evidence} <= set(seen.ids)
    assert {link[1:] for link in seen.links if link.startswith("#")} <= set(seen.ids)
    assert sum(link.startswith("#row-") for link in seen.links) >= 12


def test_the_figures_of_the_patterns_stand_in_it(findings: Findings) -> None:
    text = " ".join(_Reader(page(findings)).text)
    pattern = findings.patterns[0]
    assert f"{pattern.effect:+.2f}, 95% interval {pattern.interval[0]:+.2f} to {pattern.interval[1]:+.2f}" in text
    assert findings.data_sha256 in text
    assert all(check.sentence in text for check in findings.checks)


def test_it_is_the_same_every_time(findings: Findings) -> None:
    assert page(findings) == page(Findings.from_bytes(findings.to_bytes()))


def test_names_from_the_table_are_text_and_only_web_addresses_are_links(findings: Findings) -> None:
    evil = '<script>alert("1")</script>'
    rows = (
        Evidence(row_id=evil, target=0.1, values={evil: 1.0}, url="javascript:alert(1)"),
        Evidence(row_id="v2 ü/#", target=0.2, values={evil: None}, url="https://example.org/a?b=1&c=2"),
    )
    known = {"target": evil, "client_name": evil, "evidence": rows, "patterns": (), "calibration": None, "cluster_map": None}
    data = page(findings.model_copy(update={**known, "drift": None}))
    seen = _Reader(data)
    assert "script" not in seen.tags
    assert b"javascript:" not in data
    assert "https://example.org/a?b=1&c=2" in seen.links
    assert "row-v2%20%C3%BC/%23" in seen.ids


@pytest.mark.parametrize("rows", [0, 1, 7])
def test_a_refusal_is_a_short_page_that_says_why(rows: int) -> None:
    refused = train(table(planted(rows=rows)), draws=QUICK).findings
    seen = _Reader(page(refused))
    assert f"{rows} of {rows}" in " ".join(seen.text)
    assert {"patterns", "models", "calibration", "clusters"} & set(seen.ids) == set()


def test_thousands_of_rows_are_thinned_in_plots_and_said_so(findings: Findings) -> None:
    found = findings.patterns[0]
    rows = tuple(
        Evidence(
            row_id=f"r{row}", target=0.01 + row / 1e5, values={name: float(row % 97) for name in found.features}, tier="middle"
        )
        for row in range(3000)
    )
    big = page(findings.model_copy(update={"evidence": rows, "patterns": (found,), "calibration": None, "cluster_map": None}))
    assert b"Every 8th of 3,000 rows is drawn" in big
    assert len(big) < 2_000_000


def test_a_pair_to_avoid_shows_both_features_its_conditions_and_its_evidence(findings: Findings) -> None:
    names = ("f1", "f2")
    rows = tuple(
        Evidence(
            row_id=f"r{row}", target=0.1 + row, values={"f1": row / 10, "f2": -row / 10}, tier="top" if row > 7 else "bottom"
        )
        for row in range(10)
    )
    pair = findings.patterns[0].model_copy(
        update={
            "features": names,
            "anti": True,
            "conditions": tuple(Condition(feature=name, operator="<", threshold=0.25) for name in names),
            "tiers": (Tier(name="top", n=2, median=0.85, meets=0), Tier(name="bottom", n=8, median=0.35, meets=3)),
            "stability": 0.75,
            "confounders": (Confounding(name="followers", without=0.5, with_it=0.1),),
            "explained_by": "followers",
            "contrast": Contrast(test="fisher", p_value=0.04, rank_biserial=0.3, lift=None, top_share=0.0, differential=-0.4),
        }
    )
    known = {"patterns": (pair,), "evidence": rows, "calibration": None, "cluster_map": None, "drift": None}
    data = page(findings.model_copy(update=known))
    text = " ".join(_Reader(data).text)
    for words in (
        "avoid f1 < 0.25 and f2 < 0.25",
        "median 0.35 (8 rows, 3 meet it)",
        "Fisher's exact test, p = 0.040 (not corrected)",
        "with followers held fixed",
        "+0.50 becomes +0.10",
        "75%",
    ):
        assert words in text
    assert data.count(b"in the four tiers") == 2


def test_the_models_stand_beside_baseline_and_shuffled_labels(findings: Findings) -> None:
    first = findings.models[0].model_copy(
        update={"r2": 0.31, "r2_interval": (0.1, 0.52), "shuffled_r2": -0.08, "time_r2": None, "silhouette": None}
    )
    text = " ".join(_Reader(page(findings.model_copy(update={"models": (first,)}))).text)
    assert "0.31 (0.1 to 0.52)" in text
    assert "shuffled labels: R²" in text
    assert "−0.08" in text
    assert "later rows: R²" not in text
