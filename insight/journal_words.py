"""What each event of the journal is called in a sentence. A test finds events without words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

WORDS = {
    "accounts.address_confirmed": gettext_noop("Confirmed an e-mail address"),
    "accounts.first_administrator_made": gettext_noop("Made the first administrator"),
    "accounts.journal_anchored": gettext_noop("Anchored the ends of all chains"),
    "accounts.logged_in": gettext_noop("Logged in"),
    "accounts.password_changed": gettext_noop("Changed the password"),
    "accounts.role_ended": gettext_noop("Ended a role"),
    "accounts.role_granted": gettext_noop("Granted a role"),
    "accounts.user_registered": gettext_noop("Signed up"),
    "evaluation.content_differs": gettext_noop("Found content that differs from its receipt"),
    "evaluation.opening_contradicted": gettext_noop("Found that the opening does not agree with the receipts"),
    "evaluation.opening_press_lapsed": gettext_noop("The wait for the other person ran out"),
    "evaluation.opening_pressed": gettext_noop("Pressed «open»"),
    "evaluation.opening_verified": gettext_noop("Compared all that was opened with the receipts: it agrees"),
    "evaluation.stage_opened": gettext_noop("Opened the stage"),
    "evaluation.submission_opened": gettext_noop("A sketch was opened"),
    "letters.batch_drafted": gettext_noop("Drafted letters"),
    "letters.batch_frozen": gettext_noop("Approved the letters"),
    "letters.batch_released": gettext_noop("Released the letters"),
    "letters.mail_sent": gettext_noop("Sent a mail"),
    "letters.mail_unclear": gettext_noop("It is unclear whether a mail was sent"),
    "letters.making_failed": gettext_noop("A letter could not be made"),
    "letters.notices_sent": gettext_noop("Sent notices"),
    "suppliers.applicant_asked": gettext_noop("Asked the applicant"),
    "suppliers.attachment_added": gettext_noop("Added a file"),
    "suppliers.attachment_removed": gettext_noop("Removed a file"),
    "suppliers.prequalification_applied_for": gettext_noop("Applied for prequalification"),
    "suppliers.prequalification_decided": gettext_noop("Decided on a prequalification"),
    "suppliers.prequalification_started": gettext_noop("Began on an application for prequalification"),
    "suppliers.removed_file_deleted": gettext_noop("Deleted a file that had been removed"),
    "suppliers.reviewer_answered": gettext_noop("Answered the reviewer"),
    "suppliers.submission_received": gettext_noop("Handed in a sketch"),
    "suppliers.submission_started": gettext_noop("Began on a sketch"),
    "suppliers.submission_taken_back": gettext_noop("Took a sketch back to change it"),
    "suppliers.submission_withdrawn": gettext_noop("Withdrew a sketch"),
    "suppliers.supplier_described": gettext_noop("Described the organisation"),
    "suppliers.supplier_registered": gettext_noop("Registered an organisation"),
    "tenders.announcement_proposed": gettext_noop("Sent the announcement for approval"),
    "tenders.announcement_returned": gettext_noop("Sent the announcement back"),
    "tenders.deadline_passed": gettext_noop("The deadline passed"),
    "tenders.need_described": gettext_noop("Began to describe a need"),
    "tenders.question_answered": gettext_noop("Answered a question"),
    "tenders.question_asked": gettext_noop("Asked a question"),
    "tenders.stage_announced": gettext_noop("Announced a stage"),
    "tenders.tender_announced": gettext_noop("Announced the tender"),
    "tenders.tender_followed": gettext_noop("Began to follow a tender"),
    "tenders.tender_unfollowed": gettext_noop("Stopped following a tender"),
}

# Attempts at what only suppliers and askers do are shown to nobody at Nav: they tell who takes part before the opening
HIDDEN_ATTEMPTS = ("suppliers.", "tenders.ask_question", "tenders.follow_tender", "tenders.unfollow_tender")
# What Nav's own people do at the supplier's desk
SHOWN_ATTEMPTS = ("suppliers.ask_applicant", "suppliers.decide_prequalification")


def in_words(event: str) -> str:
    """The sentence for an event; its own name when it has none. Attempts that were refused name what was tried."""
    if event.startswith("refused."):
        return _("Was refused: %(command)s") % {"command": event.removeprefix("refused.")}
    return _(WORDS[event]) if event in WORDS else event
