"""Code names: what a submission is called while nobody may know whose it is. Pure but for chance."""

import json
from pathlib import Path
from secrets import SystemRandom

PLANTS: list[str] = json.loads((Path(__file__).parent / "data" / "code_names.json").read_text(encoding="utf-8"))

_random = SystemRandom()


def draw_code_names(count: int) -> list[str]:
    """`count` different names such as «41 Multe»: numbers 1 to `count` in random order, each with a random plant.

    Neither number nor plant says anything about when something was handed in or by whom.
    """
    numbers = _random.sample(range(1, count + 1), count)
    plants: list[str] = []
    while len(plants) < count:
        plants += _random.sample(PLANTS, len(PLANTS))
    return [f"{number} {plant}" for number, plant in zip(numbers, plants, strict=False)]


def number_of(code_name: str) -> int:
    """The number in front, for lists in the order of the numbers."""
    return int(code_name.split(maxsplit=1)[0])
