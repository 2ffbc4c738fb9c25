"""The page of the threshold check: what was found, what it costs to take part, and how the text reads."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse
from django.utils.text import slugify

from accounts.models import User
from tenders.documents import announcement_content
from tenders.forms.sections import SECTION_NAMES
from tenders.forms.threshold import FiguresForm, ReasonForm
from tenders.models import Tender, ThresholdFinding
from tenders.policies.announcement import EditAnnouncementPolicy
from tenders.threshold.check import Check, check_of
from tenders.threshold.data import border, effort_figures
from tenders.threshold.draft import Finding, Rule
from tenders.threshold.effort import Effort, effort_of
from tenders.threshold.marked import MarkedText, lix_of, marked_texts
from tenders.threshold.rules import RULES

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Shown:
    """A finding with the place it stands in, the sources of its borders and, for the officer, the form for a reason."""

    finding: Finding
    place: "_StrOrPromise"
    href: str
    sources: list[str]
    form: ReasonForm | None
    row: ThresholdFinding | None = None
    # The reason for other words that stood there before
    fallen: ThresholdFinding | None = None


@dataclass(frozen=True)
class ThresholdPage:
    """`clean` are the rules that found nothing."""

    check: Check
    findings: list[Shown]
    kept: list[Shown]
    clean: list[Rule]
    effort: Effort
    # As it would be without the requirements that a click can take out; None when it would be the same
    mended: Effort | None
    # None for those who only read
    figures: FiguresForm | None
    lix: int
    marked: list[MarkedText]
    may_edit: bool

    @property
    def sources(self) -> list[str]:
        """Where the figures of the estimate come from, those of the tender's own first."""
        own = self.check.draft.content.get("effort_source")
        replaced = {"hourly", "written_words"} if own else set()
        used = {"hourly", *(line.figure for line in self.effort.lines)} - replaced
        return [*([own] if own else []), *sorted(one.source for name, one in effort_figures().items() if name in used)]

    @property
    def most_lix(self) -> int:
        return int(border("lix").value)

    @property
    def sentence_words(self) -> int:
        return int(border("sentence_words").value)


def threshold_page(
    tender: Tender, user: User, *, at: datetime, figures: FiguresForm | None = None, refused: tuple[str, ReasonForm] | None = None
) -> ThresholdPage:
    """The page as `user` sees it; `figures` and `refused` are what was sent and did not do, of the figures or for a finding."""
    content = announcement_content(tender)
    check = check_of(tender, content, at=at)
    may_edit = not EditAnnouncementPolicy(tender, at).refusal(user)
    effort, mended = effort_of(content), effort_of(check.mended_content)
    biting = {one.rule.key for one in check.unanswered} | {one.rule.key for one, _row in check.kept}

    def shown(one: Finding, row: ThresholdFinding | None = None) -> Shown:
        fallen = None if row else check.fallen.get(one.rule.key)
        form = _form_for(one, refused, row or fallen) if may_edit else None
        sources = [border(name).source for name in one.rule.borders]
        return Shown(one, SECTION_NAMES[one.spot.section], _place_of(tender, one), sources, form, row, fallen)

    return ThresholdPage(
        check,
        [shown(one) for one in check.unanswered],
        [shown(one, row) for one, row in check.kept],
        [rule for rule in RULES if rule.key not in biting],
        effort,
        mended if mended.hours < effort.hours else None,
        (figures or FiguresForm(None, tender=tender)) if may_edit else None,
        lix_of(check.draft),
        marked_texts(check.draft),
        may_edit,
    )


def _form_for(one: Finding, refused: tuple[str, ReasonForm] | None, row: ThresholdFinding | None) -> ReasonForm:
    if refused and refused[0] == one.key:
        return refused[1]
    return reason_form(one.key, initial={"reason": row.reason} if row else None)


def reason_form(key: str, data: QueryDict | None = None, initial: dict[str, str] | None = None) -> ReasonForm:
    """Each with ids of its own: there are as many on the page as there are findings."""
    return ReasonForm(data, auto_id=f"id_{slugify(key.replace(':', '-'))}_%s", initial=initial)


def _place_of(tender: Tender, one: Finding) -> str:
    address = reverse("tenders:announcement_section", args=[tender.reference, one.spot.section])
    return f"{address}#id_{one.spot.field}" if one.spot.field else address
