"""Writes docs/features.md from the declarations; `make docs` and `rumiai catalogue --markdown` call it."""

from collections import Counter
from collections.abc import Iterable, Mapping

from shared.catalogue.feature import Analysis, Block, Feature
from shared.catalogue.glossary import GLOSSARY
from shared.catalogue.registry import CATALOGUE

PATH = "docs/features.md"
_INTRO = """# The features

Made from the declarations in `shared/catalogue` by `make docs`; change them there.

- Times are real seconds of the video's true duration; windows are half-open. The hook is the first 3 s, the closing the last
  3 s, the middle what is between them. They never overlap: a clip shorter than 6 s has no middle and gives half of its duration
  to each, and a clip shorter than 9 s has no middle worth dividing.
- From 9 s on the middle is cut into equal segments, as many as the duration bucket gives it: 2 up to 15 s, 3 up to 30 s, 4 in
  longer clips (by whole seconds: 15.4 s count as 15). The columns are the same for every clip; a segment that a clip of its
  length does not have is null.
- What a sampled engine sees holds until it looks again, so every share and mean is weighted by time, not by the number of
  samples.
- Null is "not observed" or "does not exist here" and has a reason; 0 is "looked, and found none".
- An engine counts as having looked where it left no stretch unseen, at the start, at the end or between two looks, that is
  longer than a quarter of the window: of a third of the video, or of the hook for what is told about hook, closing or first
  second. It is never more than 2 s, and never less than 0.75 s (the engines look at least every half second, at the first
  and the last frame too).
- What is said is null where less than four fifths of the speech was transcribed. A spoken word has the time that the
  recognizer gave it; where it gave none, the words of a stretch of speech are spread evenly over it.
- In creative_density an element is a cut, a text on screen, a stretch of speech, a gesture or an appearance of a face; it
  counts once, when it begins. A layer is what lasts: text, speech, face, hands.
- Lists of words (calls to action, feelings, urgency and the like) cover the languages that their features name. The
  language of a text is the one that the platform or the recognizer names; where none is named, and for texts on screen, it
  is told by words that most texts of a language have. Where that leaves it unknown, nothing found is null, not 0.
- Words are what stands between spaces and marks; in Chinese, Japanese, Thai, Lao and Khmer, which have no spaces between words,
  each character counts as one, and the length of words is null.
- A column for the trainer has the name of its feature, or `feature=option` for a member of a closed list.
- A creator is told a number as an instruction: the words for its direction, and the values to aim for, a rate also as the
  time from one to the next: "Cut to a new shot more often (aim for 5.0 to 6.7 cuts per 10 s, one every 1.5 to 2.0 s)"; a number
  whose unit says little with what it measures: "Mix long and short shots (variation of shot lengths: aim for 0.40 to 0.60)".
- What stands for something that is not measured itself is called a proxy.
- The formula is the function in `services/features/formulas` that computes it; `rumiai features --explain NAME` shows its work.
"""


def markdown(formulas: Mapping[str, str]) -> str:
    """The whole page; `formulas` says where in the code each feature is computed."""
    parts = [_INTRO, _counts()]
    parts += [_section(analysis, formulas) for analysis in Analysis]
    parts.append(_words())
    return "\n".join(parts)


def _words() -> str:
    rows = [["word", "meaning"], *([f"`{word}`", meaning] for word, meaning in GLOSSARY.items())]
    return "## Words in names\n\n" + _table(rows)


def _counts() -> str:
    numbers = Counter((feature.analysis, feature.block) for feature in CATALOGUE.features())
    rows = [["analysis", *(block.value for block in Block), "all"]]
    for analysis in Analysis:
        per_block = [numbers[analysis, block] for block in Block]
        rows.append([f"[{analysis.value}](#{analysis.value})", *map(str, per_block), str(sum(per_block))])
    totals = [sum(numbers[analysis, block] for analysis in Analysis) for block in Block]
    rows.append(["**all**", *map(str, totals), f"**{len(CATALOGUE)}**"])
    return _table(rows)


def _section(analysis: Analysis, formulas: Mapping[str, str]) -> str:
    features = [feature for feature in CATALOGUE.features() if feature.analysis is analysis]
    parts = [f"## {analysis.value}\n"]
    for block in Block:
        declared = [feature for feature in features if feature.block is block]
        if declared:
            parts += [f"### {analysis.value}: {block.value}\n", _features(declared, formulas)]
    return "\n".join(parts)


def _features(features: Iterable[Feature], formulas: Mapping[str, str]) -> str:
    rows = [["feature", "meaning", "values", "from", "null", "to creators: higher / lower", "formula"]]
    for feature in features:
        meaning = f"**{feature.title}.** {feature.definition}"
        words = " / ".join(word for word in (feature.higher, feature.lower) if word) or "nothing to do"
        unit = " ".join(part for part in (feature.noun, feature.unit.value) if part)
        values = feature.domain + (f"; {unit}" if unit else "")
        sources = ", ".join(feature.needs)
        rows.append(
            [f"`{feature.name}`", meaning, values, sources, feature.undefined or "", words, f"`{formulas[feature.name]}`"]
        )
    return _table(rows)


def _table(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]) + "\n"
