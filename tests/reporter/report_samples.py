"""Findings as the trainer writes them, computed from generated videos: every figure in a test report is a real statistic."""

import hashlib
import random
import statistics
from datetime import UTC, datetime, timedelta

from shared.contracts.bucket import Bucket
from shared.contracts.findings import Check, Evidence, Findings, Label, ModelReport, Pattern, Performance, Tier, Usable, Verdict
from shared.contracts.plan import Counts, Media, NotSelected, Plan, PlannedVideo, Rejection, RejectionCode
from shared.contracts.record import Creator, Outcome, VideoRecord
from shared.contracts.request import BatchRequest, Brand, Client, DatasetSource

FEATURES = ("scene_cuts_per_10s", "overlay_time_share", "overlay_has_question", "my_own_column", "overlay_position=top")
EFFECTS = (0.62, 0.51, 0.38, -0.29, 0.27)
LABELS = (Label.STRONG, Label.STRONG, Label.MODERATE, Label.EMERGING, Label.EMERGING)
BUCKET = Bucket.S16_30
CREATORS = ("maya.moves", "fitwithjo", "greens_daily", "thelabkitchen", "coach.ren", "simplymila", "protein.pete", "nourish.co")
REJECTED = (
    (RejectionCode.DUPLICATE, 31),
    (RejectionCode.TOO_FEW_VIEWS, 14),
    (RejectionCode.SLIDESHOW, 6),
    (RejectionCode.TOO_OLD, 3),
)


def request(*, name: str = "Stateside Grower", tags: tuple[str, ...] = ("nutrition",), **brand: object) -> BatchRequest:
    return BatchRequest(
        client=Client(name=name, industry="Nutritional supplements", brand=Brand.model_validate(brand)),
        source=DatasetSource(kind="dataset", items="items.json", videos="videos"),
        hashtags=tags,
        buckets=(BUCKET,),
    )


def plan(n: int = 40, seed: int = 7) -> Plan:
    rng = random.Random(seed)
    videos = tuple(_planned(rng, rank) for rank in range(1, n + 1))
    spare = tuple(NotSelected(video_id=f"spare{i}", bucket=BUCKET, rank=n + i + 1, engagement_rate=0.01) for i in range(23))
    codes = [code for code, amount in REJECTED for _ in range(amount)]
    rejected = tuple(Rejection(item=i, video_id=None, code=code, message=code.value) for i, code in enumerate(codes))
    records = len(videos) + len(spare)
    return Plan(
        client="stateside-grower",
        batch="nutrition-spring",
        run="r1",
        request_sha256="0" * 64,
        source="items.json",
        population="Videos that TikTok returned for #nutrition, 16 to 30 seconds long, with at least 1,000 views.",
        buckets=(BUCKET,),
        counts=Counts(items=records + len(rejected), records=records, rejected=len(rejected), selected=len(videos)),
        videos=videos,
        not_selected=spare,
        rejected=rejected,
    )


def findings(*, seed: int = 7, patterns: int = 4, failed: int = 2, selection: Plan | None = None) -> Findings:
    """Findings whose performance, tiers and medians are computed from the rows they carry."""
    selection = selection or plan(seed=seed)
    rng = random.Random(seed)
    rows = tuple(_evidence(rng, video) for video in selection.videos[: len(selection.videos) - failed])
    targets = [row.target for row in rows]
    top = {row.row_id for row in sorted(rows, key=lambda row: -row.target)[: max(1, len(rows) // 5)]}
    return Findings(
        client="stateside-grower",
        client_name="Stateside Grower",
        batch="nutrition-spring",
        run="r1",
        bucket=BUCKET,
        target="engagement_rate",
        verdict=Verdict.TRAINED,
        verdict_sentence=f"Learned from {len(rows)} of {len(selection.videos)} planned rows.",
        counts=Usable(planned=len(selection.videos), usable=len(rows), failed=failed),
        performance=performance(targets),
        patterns=tuple(_pattern(rank, rows, top) for rank in range(patterns)),
        models=_models(),
        checks=_checks(),
        evidence=rows,
        shuffled_label_rate=0.04,
        features_tested=96,
        catalogue_version="1-3f9a2c",
        profile="default-8b1c77",
        seed=20250113,
        data_sha256=hashlib.sha256(repr(targets).encode()).hexdigest(),
        libraries={"scikit-learn": "1.9.1", "scipy": "1.18.1", "numpy": "1.26.4"},
        population=selection.population,
        failures={"corrupt_file": failed} if failed else {},
    )


def nothing_found() -> Findings:
    return findings(patterns=0)


def insufficient() -> Findings:
    sentence = "Nothing was learned: 6 of 6 planned rows are usable, and at least 20 are needed."
    return findings(selection=plan(n=6), failed=0, patterns=0).model_copy(
        update={
            "verdict": Verdict.INSUFFICIENT_DATA,
            "verdict_sentence": sentence,
            "models": (),
            "features_tested": 0,
            "shuffled_label_rate": None,
            "checks": (Check(code="RUM014", level="refusal", sentence=sentence),),
        }
    )


def table() -> Findings:
    """Findings of any table: no client, no bucket, no links."""
    full = findings(patterns=1)
    one = full.patterns[0].model_copy(update={"features": ("my_own_column",), "supporting": (), "contradicting": ()})
    blank = dict.fromkeys(
        ("client", "client_name", "batch", "run", "bucket", "population", "catalogue_version", "profile", "failures")
    )
    return full.model_copy(update={**blank, "target": "weekly_sales", "patterns": (one,), "checks": ()})


def performance(values: list[float]) -> Performance:
    return Performance(
        n=len(values),
        mean=statistics.fmean(values),
        median=statistics.median(values),
        standard_deviation=statistics.stdev(values),
        minimum=min(values),
        maximum=max(values),
        top_decile=statistics.quantiles(values, n=10, method="inclusive")[-1],
    )


def _planned(rng: random.Random, rank: int) -> PlannedVideo:
    views = rng.randint(2_000, 900_000)
    video_id = f"73{rng.randint(10**15, 10**16 - 1)}{rank:02d}"
    rate = min(0.3, rng.lognormvariate(-2.8, 0.5))
    creator = CREATORS[rank % len(CREATORS)]
    record = VideoRecord(
        video_id=video_id,
        url=f"https://www.tiktok.com/@{creator}/video/{video_id}",
        creator=Creator(name=creator),
        caption="My morning greens routine #nutrition",
        duration_s=rng.uniform(15.5, 29.5),
        posted_at=datetime(2025, 3, 3, 12, tzinfo=UTC) + timedelta(days=rng.randint(0, 56)),
        hashtags=("nutrition",),
    )
    outcome = Outcome(
        views=views, likes=int(views * rate * 0.85), comments=int(views * rate * 0.05), shares=int(views * rate * 0.1)
    )
    return PlannedVideo(
        video_id=video_id, bucket=BUCKET, rank=rank, record=record, outcome=outcome, media=Media(path=f"{video_id}.mp4")
    )


def _evidence(rng: random.Random, video: PlannedVideo) -> Evidence:
    target = video.outcome.engagement_rate
    lift = (target - 0.06) * 20
    values: dict[str, float | str | None] = {
        "scene_cuts_per_10s": max(0.0, round(3 + 1.6 * lift + rng.gauss(0, 1.0), 1)),
        "overlay_time_share": min(1.0, max(0.0, 0.45 + 0.2 * lift + rng.gauss(0, 0.15))),
        "overlay_has_question": float(rng.random() < 0.5 + 0.3 * lift),
        "my_own_column": None if rng.random() < 0.1 else -16 - lift + rng.gauss(0, 3),
        "overlay_position=top": float(rng.random() < 0.4 + 0.3 * lift),
    }
    return Evidence(row_id=video.video_id, target=target, values=values, url=video.record.url)


def _pattern(rank: int, rows: tuple[Evidence, ...], top: set[str]) -> Pattern:
    name, effect = FEATURES[rank], EFFECTS[rank]
    pairs = [(row.row_id, float(value)) for row in rows if isinstance(value := row.values[name], float | int)]
    best, rest = [v for i, v in pairs if i in top], [v for i, v in pairs if i not in top]
    middle = statistics.median(v for _, v in pairs)
    sign = 1 if effect > 0 else -1
    flag = {v for _, v in pairs} <= {0.0, 1.0}
    follows = tuple(i for i, v in pairs if i in top and (v == 1.0 if flag else sign * v > sign * middle))
    return Pattern(
        id=f"p-{rank}",
        features=(name,),
        direction="higher" if effect > 0 else "lower",
        label=LABELS[rank],
        effect=effect,
        interval=(effect - 0.27, effect + 0.19),
        p_value=round((1 - abs(effect)) ** 8, 4),
        q_value=round((1 - abs(effect)) ** 6, 4),
        n=len(pairs),
        consensus=("random_forest", "linear"),
        tiers=(
            Tier(name="top", n=len(best), median=statistics.median(best)),
            Tier(name="rest", n=len(rest), median=statistics.median(rest)),
        ),
        also_known_as=("scene_cut_count",) if rank == 0 else (),
        supporting=follows,
        contradicting=tuple(i for i, _ in pairs if i in top and i not in follows),
    )


def _models() -> tuple[ModelReport, ...]:
    folds, base = "5 folds, grouped by creator", -0.03
    return (
        ModelReport(name="random_forest", validation=folds, spearman=0.41, r2=0.18, baseline_r2=base, top_features=FEATURES),
        ModelReport(
            name="decision_tree", validation=folds, spearman=0.22, r2=0.02, baseline_r2=base, top_features=FEATURES[:2]
        ),
        ModelReport(name="linear", validation=folds, spearman=0.37, r2=0.14, baseline_r2=base, top_features=FEATURES[:3]),
        ModelReport(name="kmeans", validation="3 groups on all rows", silhouette=0.21, top_features=FEATURES[:2]),
    )


def _checks() -> tuple[Check, ...]:
    return (
        Check(code="RUM004", level="warning", sentence="12 columns were seen in too few rows and left out."),
        Check(code="RUM005", level="ok", sentence="No column is an outcome."),
        Check(code="RUM013", level="info", sentence="8 creators made the 38 videos; folds keep each creator on one side."),
    )
