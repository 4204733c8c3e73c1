"""Findings: what the trainer learned about one bucket, or why it learned nothing."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from shared.contracts.base import ArtifactRef, Contract, Fraction, Sha256, Token
from shared.contracts.bucket import Bucket
from shared.contracts.diagnostics import Calibration, ClusterMap, Correlation, Drift
from shared.contracts.sightings import Sighting


class Verdict(StrEnum):
    """Whether models were trained; anything but TRAINED has no patterns and says why."""

    TRAINED = "trained"
    INSUFFICIENT_DATA = "insufficient_data"
    LOW_SUCCESS_RATE = "low_success_rate"


class Label(StrEnum):
    """How strong the evidence is, by rules written down before the data were seen; creators read it as stars."""

    STRONG = "STRONG"
    MODERATE = "MODERATE"
    EMERGING = "EMERGING"

    @property
    def stars(self) -> str:
        """Three for STRONG, two for MODERATE, one for what is only worth a test."""
        return "★" * {"STRONG": 3, "MODERATE": 2, "EMERGING": 1}[self.value]


TierName = Literal["top", "next", "middle", "bottom"]
"""The best 10 % of the rows, the next 20 %, the middle 40 % and the rest."""


class Tier(Contract):
    """A pattern in one tier: the rows counted, the median of its first feature, and how many of them meet its conditions."""

    name: TierName | Literal["rest"]
    n: int
    median: float | None
    meets: int | None = None


class Condition(Contract):
    """A row meets it when the feature's value is beyond the threshold; flags and categories are 0 or 1."""

    feature: str
    operator: Literal[">", "<"]
    threshold: float


class Contrast(Contract):
    """The top tier against the rest, by the test that fits the feature; not corrected for the search, no label rests on it."""

    test: Literal["mann_whitney", "chi_square", "fisher"]
    p_value: Fraction
    rank_biserial: Correlation = Field(description="of the target: how much more often a row that meets the conditions wins")
    lift: float | None = Field(description="share of top and next tier among rows that meet, over their share among all")
    top_share: Fraction | None = Field(description="share of the top tier that meets the conditions")
    differential: Correlation | None = Field(description="that share minus the one in the middle tier")
    differential_p: Fraction | None = Field(default=None, description="of no such difference: Fisher's exact test")
    bottom_share: Fraction | None = None


class Confounding(Contract):
    """The effect without and with a confounder held fixed (partial rank correlations)."""

    name: str
    without: Correlation
    with_it: Correlation


class ModelRule(Contract):
    """How a model states a pattern: above or below its own threshold the target is higher."""

    model: str
    feature: str
    operator: Literal[">", "<"]
    threshold: float


class Pattern(Contract):
    """One rule a creator can follow. Effect is Spearman's rank correlation with the target, with its bootstrap interval.

    The effect of a pattern of two conditions is that of meeting both.
    """

    id: str
    features: Annotated[tuple[str, ...], Field(min_length=1)]
    direction: Literal["higher", "lower"]
    label: Label
    effect: Correlation
    interval: tuple[Correlation, Correlation]
    p_value: Fraction
    q_value: Fraction
    n: Annotated[int, Field(ge=1, le=10_000_000)]
    consensus: tuple[str, ...] = Field(description="models that rank it among their own top ones, in the same direction")
    tiers: tuple[Tier, ...]
    also_known_as: tuple[str, ...] = Field(default=(), description="correlated columns: one finding")
    reversed_aliases: tuple[str, ...] = Field(default=(), description="those of them that go the other way")
    supporting: tuple[str, ...] = Field(default=(), description="ids of top-tier rows that follow the pattern")
    contradicting: tuple[str, ...] = Field(default=(), description="ids of top-tier rows that break it")
    warning: tuple[str, ...] = Field(default=(), description="of what to avoid: ids of bottom-tier rows that show it")
    shape: Literal["order", "threshold", "pair"] | None = Field(
        default=None, description="whether more is better all along, beyond a value, or two conditions matter together"
    )
    conditions: tuple[Condition, ...] = Field(default=(), description="all must be met")
    anti: bool = Field(default=False, description="the conditions say what to avoid: they mark the bottom tier")
    support: Fraction | None = Field(default=None, description="probability after paying for everything tried")
    stability: Fraction | None = Field(default=None, description="share of subsamples of 80 % of the rows that show it too")
    adjusted_effect: Correlation | None = Field(default=None, description="the effect beside the other patterns")
    contrast: Contrast | None = None
    confounders: tuple[Confounding, ...] = ()
    explained_by: str | None = Field(
        default=None,
        description="the confounder that, held fixed, takes most of the effect or so much that the rest could be chance",
    )
    rules: tuple[ModelRule, ...] = Field(default=(), description="the pattern in the words of the models that agree")
    sightings: tuple[Sighting, ...] = Field(
        default=(), description="where the supporting, contradicting and warning rows show its features"
    )

    @model_validator(mode="after")
    def _interval_is_ordered(self) -> "Pattern":
        if self.interval[0] > self.interval[1]:
            raise ValueError(f"the interval ends at {self.interval[1]}, before it starts at {self.interval[0]}")
        return self


class Performance(Contract):
    """The target over the usable rows of the bucket."""

    n: int
    mean: float
    median: float
    standard_deviation: float
    minimum: float
    maximum: float
    top_decile: float = Field(description="the 90th percentile")
    lower_quartile: float | None = None
    upper_quartile: float | None = None
    consistency: Fraction | None = Field(
        default=None, description="1 - (Q3 - Q1) / (Q3 + Q1); None where a target is negative or all are 0"
    )
    verdict: str | None = Field(default=None, description="what these figures say, in one sentence")


class ModelReport(Contract):
    """One model's out-of-fold figures beside the baseline that predicts the training median; None where not applicable."""

    name: Literal["random_forest", "decision_tree", "linear", "kmeans"]
    validation: str
    spearman: float | None = None
    r2: float | None = None
    baseline_r2: float | None = None
    silhouette: float | None = None
    top_features: tuple[str, ...]
    artifact: ArtifactRef | None = None
    rmse: float | None = Field(default=None, description="on the scale the models learn: the logarithm of a skewed target")
    baseline_rmse: float | None = None
    spearman_interval: tuple[float, float] | None = None
    r2_interval: tuple[float, float] | None = None
    rmse_interval: tuple[float, float] | None = None
    shuffled_spearman: float | None = Field(default=None, description="the same model and folds on shuffled targets, the mean")
    shuffled_r2: float | None = None
    shuffled_runs: Annotated[int, Field(ge=1)] | None = Field(default=None, description="how often the target was shuffled")
    shuffled_spearman_range: tuple[float, float] | None = Field(
        default=None, description="over rounds in which every fold is judged once; None after a single round"
    )
    shuffled_r2_range: tuple[float, float] | None = None
    time_validation: str | None = Field(default=None, description="how later rows were predicted from earlier ones")
    time_spearman: float | None = None
    time_r2: float | None = None
    plain_spearman: float | None = Field(default=None, description="linear only: without regularization")
    plain_r2: float | None = None


class Check(Contract):
    """One coded check of the data: a stable code, what was seen, what was done."""

    code: Annotated[str, Field(pattern=r"^RUM\d{3}$")]
    level: Literal["ok", "info", "warning", "refusal"]
    sentence: str


class Usable(Contract):
    """planned = usable + failed + left_out."""

    planned: int
    usable: int
    failed: int
    left_out: int = 0


class Evidence(Contract):
    """One row behind the findings: what the appendix and the charts resolve to."""

    row_id: str
    target: float
    values: dict[str, float | str | None]
    url: str | None = None
    tier: TierName | None = None
    group: str | None = Field(default=None, description="whose rows are alike, such as the creator")


class RankedFeature(Contract):
    """How much speaks for a feature, whether or not it became a pattern; redundant features are one."""

    feature: str
    support: Fraction = Field(description="probability that it or a redundant one matters, after paying for everything tried")
    stability: Fraction | None = Field(description="share of subsamples that show it; None where no pattern asked for them")
    effect: Correlation = Field(description="Spearman's rank correlation with the target")
    same: tuple[str, ...] = Field(default=(), description="redundant features, correlated above 0.8")


class Findings(Contract):
    """What was learned. Same rows, parameters, seed and library versions: same bytes."""

    schema_version: Literal[1] = 1
    client: Token | None = None
    client_name: str | None = None
    batch: Token | None = None
    run: Token | None = None
    bucket: Bucket | None = None
    target: str
    verdict: Verdict
    verdict_sentence: str
    counts: Usable
    performance: Performance | None
    patterns: tuple[Pattern, ...]
    models: tuple[ModelReport, ...]
    ranking: tuple[RankedFeature, ...] = Field(default=(), description="the features that matter most, the surest first")
    checks: tuple[Check, ...]
    evidence: tuple[Evidence, ...]
    shuffled_label_rate: float | None = Field(
        default=None, description="mean number of STRONG or MODERATE patterns per run on shuffled targets"
    )
    shuffled_label_runs: Annotated[int, Field(ge=1)] | None = Field(default=None, description="how many such runs there were")
    shuffled_label_interval: tuple[float, float] | None = Field(
        default=None, description="95 % interval of that mean, the number of patterns taken as Poisson"
    )
    features_tested: int
    catalogue_version: str | None = None
    profile: str | None = None
    seed: int
    data_sha256: Sha256
    libraries: dict[str, str]
    population: str | None = None
    failures: dict[str, int] | None = Field(default=None, description="failed videos by reason code; None where not counted")
    procedure: tuple[str, ...] = Field(default=(), description="what was done, sentence by sentence, with its thresholds")
    label_rules: dict[Label, str] = Field(default={}, description="the rule behind each label, as a sentence")
    sample_data: bool = False
    searches: tuple[str, ...] = Field(default=(), description="the hashtags and handles the rows were found by, with marks")
    calibration: Calibration | None = None
    cluster_map: ClusterMap | None = None
    drift: Drift | None = Field(default=None, description="against earlier findings; None where there are none")
    forecast: ArtifactRef | None = Field(default=None, description="what predictions for new rows are made of")
    card: ArtifactRef | None = Field(default=None, description="the model card")
    page: ArtifactRef | None = Field(default=None, description="the findings as a page for a data scientist")

    @model_validator(mode="after")
    def _agrees_with_its_verdict(self) -> "Findings":
        if self.verdict is not Verdict.TRAINED and (self.patterns or self.models):
            raise ValueError(f"the verdict {self.verdict} leaves no room for patterns or models")
        return self
