"""The buyer's desk: what is needed, what is asked, what may be paid, who decides."""

from tenders.models.amendment import Amendment
from tenders.models.contact import MarketContact
from tenders.models.decision import Approval
from tenders.models.dialogue import Follower, Question
from tenders.models.file import TenderFile
from tenders.models.hours import HoursTaken
from tenders.models.market import MarketDialogue
from tenders.models.meeting import Meeting, SignUp
from tenders.models.money import Budget
from tenders.models.need import TargetGroup, TenderGroup
from tenders.models.requirement import Requirement
from tenders.models.stage import Criterion, CriterionLevel, Stage, StageField, StageKey
from tenders.models.subject import CpvChoice
from tenders.models.team import TeamMember
from tenders.models.tender import Assignment, Tender
from tenders.models.theme import ThemeFollower
from tenders.models.threshold import ThresholdFinding
from tenders.models.value import ServiceKind, YesNo

__all__ = [
    "Amendment",
    "Approval",
    "Assignment",
    "Budget",
    "CpvChoice",
    "Criterion",
    "CriterionLevel",
    "Follower",
    "HoursTaken",
    "MarketContact",
    "MarketDialogue",
    "Meeting",
    "Question",
    "Requirement",
    "ServiceKind",
    "SignUp",
    "Stage",
    "StageField",
    "StageKey",
    "TargetGroup",
    "TeamMember",
    "Tender",
    "TenderFile",
    "TenderGroup",
    "ThemeFollower",
    "ThresholdFinding",
    "YesNo",
]
