"""What it costs to complain to the complaints board (KOFA), from a dated table. Pure."""

import json
from datetime import date
from pathlib import Path
from typing import Any

_RULES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "data" / "complaint_rules.json").read_text(encoding="utf-8"))


def kofa_fee_on(day: date) -> int:
    """Kroner, by the rule that holds on that day. ValueError before the first rule."""
    holding = [rule for rule in _RULES if date.fromisoformat(rule["from"]) <= day]
    if not holding:
        raise ValueError(f"No fee is known for {day}.")
    return int(max(holding, key=lambda rule: str(rule["from"]))["kofa_fee"])
