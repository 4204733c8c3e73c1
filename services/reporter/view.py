"""The view: everything a report shows, already worded and formatted, so that templates only place it."""

from dataclasses import dataclass

from markupsafe import Markup

from services.reporter.brand import Palette


@dataclass(frozen=True)
class Link:
    """A name that may lead somewhere; only http and https addresses become `href`."""

    text: str
    href: str | None
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """One key figure: its value, what it is, and what it counts."""

    value: str
    label: str
    note: str


@dataclass(frozen=True)
class Group:
    """The top tier or the rest, seen through one feature; `short` is the value without its unit."""

    name: str
    value: str
    short: str
    measure: str
    n: int


@dataclass(frozen=True)
class Plot:
    """The dot plot of one feature; no chart where no row has a value."""

    chart: Markup | None
    note: str


@dataclass(frozen=True)
class Card:
    """One pattern with its evidence."""

    rank: int
    instruction: str
    about: str
    label: str
    meaning: str
    effect: str
    low: str
    high: str
    p: str
    q: str
    n: int
    models: str
    groups: tuple[Group, ...]
    adherence: str | None
    chart: Markup
    plots: tuple[Plot, ...]
    supporting: tuple[Link, ...]
    contradicting: tuple[Link, ...]
    warning: tuple[Link, ...]
    timed: str
    also: str
    reverse: str


@dataclass(frozen=True)
class Performance:
    """The target over the usable videos."""

    chart: Markup | None
    facts: tuple[tuple[str, str], ...]
    legend: str


@dataclass(frozen=True)
class Step:
    """One step of the way from found items to usable videos."""

    label: str
    amount: str
    chart: Markup
    note: str


@dataclass(frozen=True)
class Selection:
    """How the videos were chosen."""

    population: str
    note: str
    steps: tuple[Step, ...]
    rejections: tuple[tuple[str, int], ...]
    failures: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class ModelRow:
    """One model's out-of-fold figures; a dash where not applicable."""

    name: str
    validation: str
    spearman: str
    r2: str
    baseline: str
    silhouette: str
    top: str


@dataclass(frozen=True)
class VideoRow:
    """One video of the appendix; patterns are named by their rank."""

    id: str
    link: Link
    posted: str
    reach: str
    target: str
    follows: str
    breaks: str


@dataclass(frozen=True)
class Report:
    """One document."""

    title: str
    heading: str
    running: str
    footer: str
    client: str
    subject: str
    scope: str
    sample: bool
    palette: Palette
    has_logo: bool
    headline: str
    lead: str
    advice: tuple[str, ...]
    figures: tuple[Figure, ...]
    cards: tuple[Card, ...]
    axis: Markup
    performance: Performance | None
    selection: Selection
    explained: tuple[str, ...]
    exact: str
    rules: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]
    models: tuple[ModelRow, ...]
    checks: tuple[tuple[str, str, str], ...]
    videos: tuple[VideoRow, ...]
    videos_heading: str
    target: str
    things: str
    has_posts: bool
    provenance: tuple[tuple[str, str], ...]
