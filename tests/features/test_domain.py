"""What formulas give, rounded and held against the declarations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.features.domain import DECIMALS, Domain
from shared.catalogue.feature import Analysis, Block, Feature, Kind, OutOfDomain


def _feature(kind: Kind, *, low: float | None = None, high: float | None = None, options: tuple[str, ...] = ()) -> Feature:
    return Feature(
        name=f"a_{kind.value}", analysis=Analysis.SCENE_PACING, block=Block.CORE, kind=kind, title="t", definition="d",
        low=low, high=high, options=options,
    )  # fmt: skip


ANY, SHARE = _feature(Kind.NUMBER), _feature(Kind.NUMBER, low=0, high=1)
COUNT, FLAG = _feature(Kind.COUNT, low=0), _feature(Kind.FLAG, low=0, high=1)
PLACE = _feature(Kind.ENUM, options=("left", "right"))


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_numbers_are_rounded_and_stay_so(numbers: list[float]) -> None:
    domain = Domain([ANY] * len(numbers))
    values = domain.values(numbers)
    assert domain.values(values) == values
    for number, value in zip(numbers, values, strict=True):
        assert isinstance(value, float)
        assert value == pytest.approx(number, rel=1e-15, abs=0.5000001 * 10**-DECIMALS)
        assert repr(value) != "-0.0"
        assert abs(number) > 1e9 or value == round(value, DECIMALS)


def test_every_kind_in_one_vector_and_what_is_missing_stays_missing() -> None:
    features = [SHARE, PLACE, COUNT, FLAG, ANY, PLACE]
    values = Domain(features).values([1 / 3, "left", 7, True, None, None])
    assert values == [0.333333, "left", 7.0, 1.0, None, None]
    assert [type(value) for value in values] == [float, str, float, float, type(None), type(None)]


@pytest.mark.parametrize(
    ("feature", "value"),
    [
        (SHARE, 1.000001), (SHARE, -0.1), (SHARE, float("nan")), (ANY, float("inf")), (ANY, "0.5"), (COUNT, 1.5), (COUNT, -1),
        (FLAG, 2), (PLACE, "above"), (PLACE, 1.0),
    ],
)  # fmt: skip
def test_what_the_declaration_excludes_is_named(feature: Feature, value: float | str) -> None:
    with pytest.raises(OutOfDomain, match=rf"^Feature {feature.name} is .*, but its declaration allows only "):
        Domain([ANY, feature, SHARE]).values([0.5, value, 0.5])
