"""The small things that pages are made of, as views hand them to the pieces under templates/ui/."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Color = Literal["neutral", "success", "info", "warning", "danger", "accent"]


@dataclass(frozen=True)
class Tag:
    """A state in one word or two (ui/tag.html)."""

    label: str
    color: Color = "neutral"
    icon: str = ""
    variant: Literal["moderate", "outline"] = "moderate"


@dataclass(frozen=True)
class Fact:
    """A label and its answer (ui/facts.html, ui/fact_row.html, ui/pairs.html, ui/now.html)."""

    label: str
    value: str
    note: str = ""
    href: str = ""
    figure: bool = False


@dataclass(frozen=True)
class RoadStep:
    """A stretch of the road (ui/road.html)."""

    label: str
    note: str = ""
    state: Literal["done", "now", "next"] = "next"
    href: str = ""


@dataclass(frozen=True)
class Check:
    """A line of what is done and what is missing (ui/check_list.html)."""

    label: str
    state: Literal["ok", "warn", "wait"] = "ok"
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class WorkItem:
    """One thing that waits for a person (ui/task.html). `blocked` says from when it can be done, and replaces the button."""

    title: str
    when: str = ""
    soon: bool = False
    about: str = ""
    about_href: str = ""
    why: str = ""
    action: str = ""
    href: str = ""
    blocked: str = ""


@dataclass(frozen=True)
class FileRow:
    """A file and how it fares (ui/file_list.html). `size` is in octets."""

    name: str
    size: int | None = None
    state: Literal["ok", "wait", "bad", ""] = ""
    note: str = ""
    href: str = ""
    remove_name: str = ""
    remove_value: str = ""


@dataclass(frozen=True)
class Event:
    """A line of a journal (ui/event.html)."""

    at: datetime
    what: str
    who: str = ""
    reason: str = ""
    note: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of a simple table (ui/table.html)."""

    text: str
    href: str = ""
    note: str = ""
    tag: Tag | None = None


@dataclass(frozen=True)
class Column:
    """A column of a simple table; `number` puts it to the right, `wide` gives it a line of its own on a phone."""

    label: str
    number: bool = False
    wide: bool = False
