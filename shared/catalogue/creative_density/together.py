"""What is there, and what begins, together: Interactions. Every pair has its columns, whether a video has it or not."""

from itertools import combinations

from shared.catalogue.creative_density.kinds import ELEMENTS, LAYER_NAMES
from shared.catalogue.creative_density.sections import NOTHING, beginning, of
from shared.catalogue.feature import Block, Feature, Source

_section = beginning(Block.INTERACTIONS)


def _either(*reasons: str | None) -> str | None:
    return ", or ".join(reason for reason in reasons if reason) or None


def _together(first: str, second: str) -> Feature:
    """Two layers at the same time."""
    a, b = LAYER_NAMES[first], LAYER_NAMES[second]
    return of(Block.INTERACTIONS, a.source, b.source).share(
        f"density_{first}_with_{second}_share", f"{a.one.capitalize()} together with {b.one}",
        f"Share of the whole duration with both {a.one} and {b.one}.", undefined=_either(a.undefined, b.undefined),
        higher=f"Combine {a.one} with {b.one}", lower=f"Have {a.one} and {b.one} at different times",
    )  # fmt: skip


def _cut_during(layer: str) -> Feature:
    """Cuts while a layer is there."""
    named = LAYER_NAMES[layer]
    without = named.one.removeprefix("an ").removeprefix("a ")
    be = "are" if layer == "hands" else "is"
    return of(Block.INTERACTIONS, Source.SCENES, named.source).share(
        f"density_cut_during_{layer}_share", f"Cuts while there {be} {named.one}",
        f"Share of the cuts made while there {be} {named.one}.", undefined=_either("nothing is cut", named.undefined),
        higher=f"Cut while there {be} {named.one}", lower=f"Cut while there {be} no {without}",
    )  # fmt: skip


def _near(first: str, second: str) -> Feature:
    """Two kinds of elements that begin in step."""
    a, b = ELEMENTS[first], ELEMENTS[second]
    return of(Block.INTERACTIONS, a.source, b.source).share(
        f"density_{first}_near_{second}_share", f"{a.many.capitalize()} in step with {b.many}",
        f"Share of all {a.many} and {b.many} that begin near (at most 0.5 s from) one of the other kind.",
        undefined=_either(a.undefined, b.undefined, f"there are no {a.many} and no {b.many}"),
        higher=f"{a.do.capitalize()} and {b.do} at the same moment",
        lower=f"{a.do.capitalize()} and {b.do} at different moments",
    )  # fmt: skip


INTERACTIONS = (
    *(_together(first, second) for first, second in combinations(LAYER_NAMES, 2)),
    *(_cut_during(layer) for layer in LAYER_NAMES),
    *(_near(first, second) for first, second in combinations(ELEMENTS, 2)),
    _section.share(
        "density_sync_share", "Elements in step",
        "Share of the elements that begin at most 0.5 s from the beginning of an element of another kind.", undefined=NOTHING,
        higher="Let things begin together: cut, text, speech, gesture", lower="Let things begin one after another",
    ),
    _section.count(
        "density_peak_count", "Multi-modal moments",
        "Number of separate moments in which elements of at least three kinds begin within 1 s.", "moments",
        higher="Create moments where three things begin at once", lower="Avoid moments where many things begin at once",
    ),
)  # fmt: skip
