"""What the rules look at: the content of an announcement at one moment, and what they find in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from accounts.local_time import oslo_day
from tenders.documents import Content

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

# What suppliers read before they decide, by section and field
READ = (
    *(("need", name) for name in ("heading", "summary", "need", "known", "target_group", "who_counts", "wanted_effect", "not_prescribed")),
    *(("terms", name) for name in ("rights_text", "contract_text", "sanctions_text")),
)


@dataclass(frozen=True)
class Text:
    """One text of the announcement, and where it is written."""

    section: str
    field: str
    text: str


@dataclass(frozen=True)
class Draft:
    """The announcement as `tenders.documents` makes it, seen at `at`. Everything is loaded: looking asks the database nothing."""

    content: Content
    at: datetime

    @property
    def first(self) -> Content:
        """The stage that those who take part meet first."""
        stage: Content = self.content["stages"][0]
        return stage

    @property
    def invited(self) -> bool:
        return bool(self.first["entry"] == "invited")

    @property
    def requirements(self) -> list[Content]:
        found: list[Content] = self.content.get("requirements", [])
        return found

    def required(self, *kinds: str) -> list[Content]:
        return [one for one in self.requirements if one["kind"] in kinds]

    @property
    def opens_on(self) -> date:
        """The day it opens; today while it is written without one."""
        return oslo_day(self.first["opens_at"] or self.at)

    @property
    def closes_on(self) -> date | None:
        return oslo_day(self.first["closes_at"]) if self.first["closes_at"] else None

    @cached_property
    def texts(self) -> list[Text]:
        """What is written and read, longest texts and short ones alike; empty ones left out."""
        return [Text(section, name, self.content[name]) for section, name in READ if self.content[name].strip()]


@dataclass(frozen=True)
class Mend:
    """What one click would save: values of a section, as `save_announcement` takes them."""

    label: "_StrOrPromise"
    section: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Spot:
    """Where a rule bites: what it judged, word for word, and the field it stands in. `said` adds the figures."""

    quote: str
    section: str
    field: str = ""
    said: "_StrOrPromise" = ""
    mend: Mend | None = None


@dataclass(frozen=True)
class Rule:
    """One thing that keeps newcomers out. `effect`: what it does to one; `ground`: why it counts; `advice`: how to mend it."""

    key: str
    weight: str
    title: "_StrOrPromise"
    effect: "_StrOrPromise"
    ground: "_StrOrPromise"
    advice: "_StrOrPromise"
    look: Callable[[Draft], list[Spot]]
    borders: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Finding:
    """A rule that bites in one spot."""

    rule: Rule
    spot: Spot

    @property
    def judged(self) -> str:
        """SHA-256 of what was judged: a reason holds for this and nothing else."""
        return sha256(self.spot.quote.encode()).hexdigest()

    @property
    def key(self) -> str:
        """«turnover:1a2b3c4d5e6f7a8b», as the page sends it back."""
        return f"{self.rule.key}:{self.judged[:16]}"
