"""All rules of the threshold check, the gravest first. A new rule is a `Rule` in one of these lists, and its border in the data."""

from tenders.threshold.demands import DEMANDS, HEAVY, SHUTS_OUT
from tenders.threshold.draft import Draft, Finding
from tenders.threshold.terms import TERMS
from tenders.threshold.words import READING, WORDS

WEIGHTS = (SHUTS_OUT, HEAVY, READING)
RULES = sorted([*DEMANDS, *TERMS, *WORDS], key=lambda rule: WEIGHTS.index(rule.weight))


def findings_in(draft: Draft) -> list[Finding]:
    """What every rule finds, the gravest first. What two spots say in the same words is one finding."""
    found = {one.key: one for rule in RULES for one in (Finding(rule, spot) for spot in rule.look(draft))}
    return list(found.values())


def title_of(key: str) -> str:
    """What a rule is called; its key when the rule is gone."""
    return next((str(rule.title) for rule in RULES if rule.key == key), key)
