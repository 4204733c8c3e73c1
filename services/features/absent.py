"""Why a feature has no value: not observed (nobody looked) or not defined (there is nothing to measure)."""


class Absent(Exception):  # noqa: N818 - not an error: a state that becomes null with this reason
    """Raised by a formula or by the evidence it asks for."""


class NotObserved(Absent):
    """A source is missing: the engine did not run, failed or did not look there, or no metadata was given."""


class NotDefined(Absent):
    """Everything was observed, but this number does not exist here, e.g. the time of the first cut where nothing is cut."""
