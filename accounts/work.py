"""What each desk tells the window: what waits for a person, and how far a tender has come."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Waiting:
    """One row of «my work»: the verb first, which case, why, where to do it, by when, or from when it can be done.

    `only_to_know`: nothing has to be done; it is shown, and not counted.
    """

    title: "_StrOrPromise"
    case: str
    case_url: str
    why: "_StrOrPromise"
    button: "_StrOrPromise"
    url: str
    due_at: datetime | None = None
    open_from: datetime | None = None
    only_to_know: bool = False


class Progress(StrEnum):
    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True)
class RoadStep:
    """One stop on the road of a tender; `note` is its date or what it waits for."""

    label: "_StrOrPromise"
    progress: Progress
    note: "_StrOrPromise" = ""


@dataclass(frozen=True)
class CaseLink:
    """One of the side pages of a tender that this person may see. `key` tells the page which link is itself."""

    key: str
    label: "_StrOrPromise"
    url: str


@dataclass(frozen=True)
class CaseFacts:
    """What one desk knows of a tender that this person may see. `at_a_glance` is state in one or two words."""

    links: list[CaseLink] = field(default_factory=list)
    road: list[RoadStep] = field(default_factory=list)
