"""What the page of an announcement shows one person: the content itself, and what they can do with it."""

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.page_parts import Check, Fact
from accounts.roles import Role
from tenders import queries
from tenders.call_offs import framework_use
from tenders.documents import Content, announcement_content, content_hash
from tenders.forms.sections import SECTION_NAMES
from tenders.holding_back import holding_back
from tenders.models import Approval, Tender, TenderFile
from tenders.phases import WRITTEN_PHASES, TenderPhase
from tenders.policies.amendment import may_amend
from tenders.policies.announcement import DecideAnnouncementPolicy, EditAnnouncementPolicy, ReturnAnnouncementPolicy
from tenders.policies.market import OpenDialoguePolicy
from tenders.policies.shelving import ShelveTenderPolicy, TakeUpTenderPolicy
from tenders.queries.files import files_naming_somebody
from tenders.queries.market import dialogue_url
from tenders.readiness import Missing
from tenders.threshold.check import Check as ThresholdCheck
from tenders.threshold.check import check_of
from tenders.value_page import ValuePage, value_page


@dataclass(frozen=True)
class Step:
    """A section as one of the steps: its number, of how many, and which one follows («» after the last)."""

    section: str

    @property
    def no(self) -> int:
        return list(SECTION_NAMES).index(self.section) + 1

    @property
    def of(self) -> int:
        return len(SECTION_NAMES)

    @property
    def following(self) -> str:
        return next(iter(list(SECTION_NAMES)[self.no :]), "")


@dataclass(frozen=True)
class AnnouncementPage:
    """`sections` is filled for the officer of a draft, `approval` for those who work on the tender."""

    user: User | AnonymousUser
    content: Content
    content_hash: str
    approval: Approval | None = None
    approver: User | None = None
    copied_from: Tender | None = None
    may_propose: bool = False
    may_decide: bool = False
    may_take_back: bool = False
    may_amend: bool = False
    may_shelve: bool = False
    may_take_up: bool = False
    # Files whose properties name somebody
    naming: list[TenderFile] = field(default_factory=list)
    being_written: bool = False
    value: ValuePage | None = None
    may_open_dialogue: bool = False
    # For those who work on the tender or audit it
    check: ThresholdCheck | None = None
    # For the approver of a call-off
    framework_use: list[Fact] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    sections: list[Check] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many sections lack nothing. What the market must still be told is no section."""
        return sum(one.state == "ok" for one in self.sections[: self.of])

    @property
    def of(self) -> int:
        return len(SECTION_NAMES)

    @property
    def unfinished(self) -> Check | None:
        """The first section that lacks something."""
        return next((one for one in self.sections if one.state == "warn"), None)


def page_for(tender: Tender, user: User | AnonymousUser, *, at: datetime) -> AnnouncementPage:
    """The page as `user` sees it. Somebody who doesn't work on the tender sees the content and nothing else."""
    content = announcement_content(tender)
    page_hash = content_hash(content)
    if not isinstance(user, User) or not queries.staff_tenders(user, at=at).filter(pk=tender.pk).exists():
        return AnnouncementPage(user, content, page_hash)
    may_edit = not EditAnnouncementPolicy(tender, at).refusal(user)
    waiting = queries.waiting_approval_of(tender).first()
    may_decide = not DecideAnnouncementPolicy(tender, waiting, at).refusal(user)
    check = check_of(tender, content, at=at)
    value = value_page(tender, at=at)
    missing = holding_back(tender, check, value.ruling, at=at) if value and tender.phase in WRITTEN_PHASES else []
    return AnnouncementPage(
        user,
        content,
        page_hash,
        approval=queries.latest_approval_of(tender),
        copied_from=tender.copied_from,
        approver=queries.assigned_people(tender, Role.APPROVER).first(),
        may_propose=may_edit,
        may_decide=may_decide,
        may_take_back=not may_decide and not ReturnAnnouncementPolicy(tender, waiting, at).refusal(user),
        may_amend=tender.phase == TenderPhase.ANNOUNCED and may_amend(tender, user, at=at),
        may_shelve=tender.phase == TenderPhase.DRAFT and not ShelveTenderPolicy(tender, at).refusal(user),
        may_take_up=tender.phase == TenderPhase.SHELVED and not TakeUpTenderPolicy(tender, at).refusal(user),
        naming=files_naming_somebody(tender) if may_edit or may_decide else [],
        value=value,
        being_written=tender.phase in WRITTEN_PHASES,
        may_open_dialogue=not OpenDialoguePolicy(tender, at).refusal(user),
        check=check,
        framework_use=framework_use(tender) if may_decide else [],
        missing=missing,
        sections=_sections(tender, missing) if may_edit else [],
    )


def _sections(tender: Tender, missing: list[Missing]) -> list[Check]:
    rows = []
    for key, name in SECTION_NAMES.items():
        texts = [str(one.text) for one in missing if one.section == key]
        href = reverse("tenders:announcement_section", args=[tender.reference, key])
        rows.append(Check(str(name), "warn" if texts else "ok", " ".join(texts), href))
    if texts := [str(one.text) for one in missing if one.section == "threshold"]:
        href = reverse("tenders:threshold", args=[tender.reference])
        rows.append(Check(str(_("Threshold check")), "warn", " ".join(texts), href))
    if texts := [str(one.text) for one in missing if one.section == "market"]:
        rows.append(Check(str(_("Market dialogue")), "warn", " ".join(texts), dialogue_url(tender)))
    return rows
