"""The threshold check of an amendment: what it brings that was not found in the announcement before it."""

from dataclasses import replace
from datetime import datetime

from tenders.amending import TEXTS, Changes
from tenders.documents import Content, announcement_content
from tenders.models import Tender
from tenders.threshold.check import Check, check_of
from tenders.threshold.draft import Draft, Finding
from tenders.threshold.rules import findings_in
from tenders.threshold.words import READING


def check_of_amendment(tender: Tender, changes: Changes, *, at: datetime) -> Check:
    """The check of the announcement as it would be, with what the changes bring and nothing else.

    A finding is brought when the same was not found in the same words before. How heavy the text is to read is judged of all of it,
    so that is brought only when it was not heavy before. Dates only move forward: more time is never blamed.
    """
    content = announcement_content(tender)
    before = findings_in(Draft(content, at))
    keys, rules = {one.key for one in before}, {one.rule.key for one in before}

    def brought(one: Finding) -> bool:
        known = one.rule.key in rules if one.rule.weight == READING else one.key in keys
        return not known and one.spot.section != "dates"

    check = check_of(tender, _content_after(content, changes), at=at)
    kept = [(one, row) for one, row in check.kept if brought(one)]
    return replace(check, unanswered=[one for one in check.unanswered if brought(one)], kept=kept, mended=[])


def _content_after(content: Content, changes: Changes) -> Content:
    """With its texts, counties and files as they would be, and its dates as they are."""
    written = {*TEXTS, "counties", "files"}
    return {**content, **{one["field"]: one["after"] for one in changes if one["field"] in written}}
