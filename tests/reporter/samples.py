"""Findings as the trainer writes them, computed from generated videos, so that every figure in a test report is a real statistic."""

import hashlib
import random
import statistics
from datetime import UTC, datetime, timedelta

from shared.contracts.base import ArtifactRef
from shared.contracts.bucket import Bucket
from shared.contracts.findings import Check, Evidence, Findings, Label, ModelReport, Pattern, Performance, Tier, Usable, Verdict
from shared.contracts.plan import Counts, Media, NotSelected, Plan, PlannedVideo, Rejection, RejectionCode
from shared.contracts.record import Creator, Outcome, VideoRecord
from shared.contracts.request import BatchRequest, Brand, Client, DatasetSource

FEATURES = ("cuts_per_10s", "text_share", "speech_in_hook", "loudness_lufs")
BUCKET = Bucket.S16_30
CREATORS = ("maya.moves", "fitwithjo", "greens_daily", "thelabkitchen", "coach.ren", "simplymila", "protein.pete", "nourish.co")


def request(**brand: object) -> BatchRequest:
    return BatchRequest(
        client=Client(name="Stateside Grower", industry="Nutritional supplements", brand=Brand.model_validate(brand)),
        source=DatasetSource(kind="dataset", items="items.json", videos="videos"),
        hashtags=("nutrition",),
        buckets=(BUCKET,),
    )


def plan(n: int = 40, seed: int = 7) -> Plan:
    rng = random.Random(seed)
    videos = tuple(_planned(rng, rank) for rank in range(1, n + 1))
    spare = tuple(NotSelected(video_id=f"spare{i}", bucket=BUCKET, rank=n + i + 1, engagement_rate=0.01) for i in range(23))
    codes = [RejectionCode.DUPLICATE] * 31 + [RejectionCode.TOO_FEW_VIEWS] * 14 + [RejectionCode.SLIDESHOW] * 6 + [RejectionCode.TOO_OLD] * 3
    rejected = tuple(Rejection(item=i, video_id=None, code=code, message=code.value) for i, code in enumerate(codes))
    records = len(videos) + len(spare)
    return Plan(
        client="stateside-grower", batch="nutrition-spring", run="r1", request_sha256="0" * 64, source="items.json",
        population="Videos that TikTok returned for #nutrition, 16 to 30 seconds long, with at least 1,000 views.",
        buckets=(BUCKET,), counts=Counts(items=records + len(rejected), records=records, rejected=len(rejected), selected=len(videos)),
        videos=videos, not_selected=spare, rejected=rejected,
    )  # fmt: skip


def findings(*, seed: int = 7, patterns: int = 4, failed: int = 2, selection: Plan | None = None) -> Findings:
    """Findings whose performance, tiers and medians are computed from the rows they carry."""
    selection = selection or plan(seed=seed)
    rng = random.Random(seed)
    evidence = tuple(_evidence(rng, video) for video in selection.videos[: len(selection.videos) - failed])
    targets = [row.target for row in evidence]
    top = {row.row_id for row in sorted(evidence, key=lambda row: -row.target)[: max(1, len(evidence) // 5)]}
    labels = (Label.STRONG, Label.STRONG, Label.MODERATE, Label.EMERGING, Label.EMERGING)
    return Findings(
        client="stateside-grower", client_name="Stateside Grower", batch="nutrition-spring", run="r1", bucket=BUCKET, target="engagement_rate",
        verdict=Verdict.TRAINED, verdict_sentence="Trained on 38 usable videos.",
        counts=Usable(planned=len(selection.videos), usable=len(evidence), failed=failed),
        performance=performance(targets),
        patterns=tuple(_pattern(rng, name, label, evidence, top) for name, label in list(zip(FEATURES, labels, strict=False))[:patterns]),
        models=_models(), checks=_checks(), evidence=evidence, shuffled_label_rate=0.04, features_tested=96,
        catalogue_version="1-3f9a2c", profile="default-8b1c77", seed=20250113, data_sha256=hashlib.sha256(repr(targets).encode()).hexdigest(),
        libraries={"scikit-learn": "1.9.1", "scipy": "1.18.1", "numpy": "1.26.4"}, population=selection.population,
        failures={"corrupt_file": failed} if failed else {},
    )  # fmt: skip


def nothing_found() -> Findings:
    return findings(patterns=0)


def insufficient() -> Findings:
    few = plan(n=6)
    return findings(selection=few, failed=0, patterns=0).model_copy(
        update={
            "verdict": Verdict.INSUFFICIENT_DATA, "verdict_sentence": "6 usable videos; at least 20 are needed before anything is learned.",
            "models": (), "features_tested": 0, "shuffled_label_rate": None,
            "checks": (Check(code="RUM001", level="refusal", sentence="6 usable videos, 20 needed: no model was trained."),),
        }
    )  # fmt: skip


def performance(values: list[float]) -> Performance:
    return Performance(
        n=len(values), mean=statistics.fmean(values), median=statistics.median(values), standard_deviation=statistics.stdev(values),
        minimum=min(values), maximum=max(values), top_decile=statistics.quantiles(values, n=10)[-1],
    )  # fmt: skip


def _planned(rng: random.Random, rank: int) -> PlannedVideo:
    views = rng.randint(2_000, 900_000)
    video_id = f"73{rng.randint(10**15, 10**16 - 1)}{rank:02d}"
    rate = min(0.3, rng.lognormvariate(-2.8, 0.5))
    creator = CREATORS[rank % len(CREATORS)]
    return PlannedVideo(
        video_id=video_id, bucket=BUCKET, rank=rank,
        record=VideoRecord(
            video_id=video_id, url=f"https://www.tiktok.com/@{creator}/video/{video_id}", creator=Creator(name=creator),
            caption="My morning greens routine #nutrition", duration_s=rng.uniform(15.5, 29.5),
            posted_at=datetime(2025, 3, 3, 12, tzinfo=UTC) + timedelta(days=rng.randint(0, 56)), hashtags=("nutrition",),
        ),
        outcome=Outcome(views=views, likes=int(views * rate * 0.85), comments=int(views * rate * 0.05), shares=int(views * rate * 0.1)),
        media=Media(path=f"{video_id}.mp4"),
    )  # fmt: skip


def _evidence(rng: random.Random, video: PlannedVideo) -> Evidence:
    target = video.outcome.engagement_rate
    lift = (target - 0.06) * 20
    values: dict[str, float | str | None] = {
        "cuts_per_10s": max(0.0, round(3 + 1.6 * lift + rng.gauss(0, 1.0), 1)),
        "text_share": min(1.0, max(0.0, 0.45 + 0.2 * lift + rng.gauss(0, 0.15))),
        "speech_in_hook": float(rng.random() < 0.5 + 0.3 * lift),
        "loudness_lufs": None if rng.random() < 0.1 else -16 + lift + rng.gauss(0, 3),
    }
    return Evidence(row_id=video.video_id, target=target, values=values, url=video.record.url)


def _pattern(rng: random.Random, name: str, label: Label, rows: tuple[Evidence, ...], top: set[str]) -> Pattern:
    pairs = [(row.row_id, float(row.values[name])) for row in rows if row.values[name] is not None]  # type: ignore[arg-type]
    best, rest = [v for i, v in pairs if i in top], [v for i, v in pairs if i not in top]
    middle = statistics.median(v for _, v in pairs)
    effect = {"cuts_per_10s": 0.62, "text_share": 0.51, "speech_in_hook": 0.38, "loudness_lufs": 0.29}[name]
    follows = tuple(i for i, v in pairs if i in top and (v > middle or v == middle == 1.0))
    return Pattern(
        id=f"p-{name}", features=(name,), direction="higher", label=label, effect=effect, interval=(effect - 0.27, min(0.98, effect + 0.19)),
        p_value=round((1 - effect) ** 8, 4), q_value=round((1 - effect) ** 6, 4), n=len(pairs), consensus=("random_forest", "linear"),
        tiers=(Tier(name="top", n=len(best), median=statistics.median(best)), Tier(name="rest", n=len(rest), median=statistics.median(rest))),
        supporting=follows, contradicting=tuple(i for i, _ in pairs if i in top and i not in follows),
    )  # fmt: skip


def _models() -> tuple[ModelReport, ...]:
    folds = "5 folds, grouped by creator"
    ref = ArtifactRef(key="clients/stateside-grower/models/aa/model.skops", sha256="a" * 64, size=1, media_type="application/octet-stream")
    return (
        ModelReport(name="random_forest", validation=folds, spearman=0.41, r2=0.18, baseline_r2=-0.03, top_features=FEATURES, artifact=ref),
        ModelReport(name="decision_tree", validation=folds, spearman=0.22, r2=0.02, baseline_r2=-0.03, top_features=FEATURES[:2]),
        ModelReport(name="linear", validation=folds, spearman=0.37, r2=0.14, baseline_r2=-0.03, top_features=FEATURES[:3]),
        ModelReport(name="kmeans", validation="3 groups on all rows", silhouette=0.21, top_features=FEATURES[:2]),
    )


def _checks() -> tuple[Check, ...]:
    return (
        Check(code="RUM101", level="ok", sentence="No feature is computed from the outcome."),
        Check(code="RUM102", level="warning", sentence="12 features had no value in more than half of the videos and were left out."),
        Check(code="RUM103", level="info", sentence="8 creators made the 38 videos; folds keep each creator on one side."),
    )
