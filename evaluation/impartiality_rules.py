"""Which paragraphs a declaration of impartiality builds on, by date: a new Public Administration Act is adopted and not yet in force."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Rules:
    """Acts and paragraphs, as they are cited in Norwegian."""

    impartiality: str
    leader: str
    confidentiality: str
    procurement: str


def _loaded() -> list[tuple[date, Rules]]:
    rows = json.loads((Path(__file__).parent / "data" / "impartiality_rules.json").read_text(encoding="utf-8"))
    dated = [
        (date.fromisoformat(row["from"]), Rules(row["impartiality"], row["leader"], row["confidentiality"], row["procurement"]))
        for row in rows
    ]
    return sorted(dated, key=lambda pair: pair[0])


_RULES = _loaded()


def rules_on(day: date) -> Rules:
    """The rules that hold on `day`."""
    return next(rules for first, rules in reversed(_RULES) if first <= day)
