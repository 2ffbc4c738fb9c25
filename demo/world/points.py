"""Points and words of the panel: the same for everyone who builds the world. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from demo.world.data import texts

# What the criteria of the stages ask about, in their order
ASKED = {1: ("effect", "new", "part", "plan"), 2: ("effect", "part", "plan", "use"), 3: ("effect", "part", "plan")}
FRAMEWORK, OF_FRAMEWORK = "guidance", 3
LEVELS = (9, 7, 4, 1)
PRAISED_FROM, NOTHING_LACKS_FROM = 5, 8
# How far one evaluator is from what most would give: most are near, nobody is far off
APART = (-2, -1, -1, 0, 0, 0, 0, 1, 1, 2)


@dataclass(frozen=True)
class Sheet:
    """What one scorer says about one sketch: points and comments by criterion number, and words to the supplier."""

    points: dict[int, int]
    comments: dict[int, str]
    feedback: str


def asked_in(place: tuple[str, int]) -> int:
    """Which of the rows of criteria a stage has: that of its number, except in a framework agreement."""
    return OF_FRAMEWORK if place[0] == FRAMEWORK else place[1]


def sheet_of(firm: str, stage_no: int, scorer: int, base: Sequence[int] | None = None) -> Sheet:
    """`base` is what most would give; without it the firm's own row of points.json counts."""
    asked = ASKED[stage_no]
    points = {no: _points(firm, stage_no, scorer, no, base) for no in range(1, len(asked) + 1)}
    comments = {no: _comment(kind, points[no], f"{firm}{scorer}{no}") for no, kind in enumerate(asked, start=1)}
    return Sheet(points, comments, words_about(points, stage_no, "nb", f"{firm}{scorer}"))


def words_about(points: Mapping[int, float], stage_no: int, language: str, salt: str) -> str:
    """What was best about it, and what it lacked most: one sentence each."""
    told, asked = texts("comments"), ASKED[stage_no]
    best, least = max(points, key=lambda no: points[no]), min(points, key=lambda no: (points[no], -no))
    strengths, lacks = told["strengths"][asked[best - 1]], told["lacks"][asked[least - 1]]
    praise = _pick(strengths[language], salt) if points[best] >= PRAISED_FROM else told["little"][language]
    wish = _pick(lacks[language], salt) if points[least] < NOTHING_LACKS_FROM else told["much"][language]
    return f"{praise} {wish}"


def _points(firm: str, stage_no: int, scorer: int, no: int, base: Sequence[int] | None) -> int:
    decided = texts("points")["first" if stage_no == 1 else "second"]
    if base is None and firm in decided:
        return int(decided[firm][no - 1][scorer])
    level = (base or texts("points")["levels"][firm])[no - 1]
    return max(1, min(10, level + APART[_chance(f"{firm}{stage_no}{scorer}{no}", len(APART))]))


def _comment(kind: str, points: int, salt: str) -> str:
    lowest = next(level for level in LEVELS if points >= level)
    return _pick(texts("comments")["comments"][kind][str(lowest)], salt)


def _pick(among: Sequence[str], salt: str) -> str:
    return among[_chance(salt, len(among))]


def _chance(salt: str, of: int) -> int:
    return int.from_bytes(sha256(salt.encode()).digest()[:4], "big") % of
