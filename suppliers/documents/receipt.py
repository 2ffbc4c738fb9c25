"""The receipt on paper and by mail. The mail tells number, time and fingerprint, and nothing of what was handed in."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import queries as people
from accounts.models import Organisation, User
from accounts.page_parts import Fact
from accounts.wording import fingerprint_lines, moment_seconds, money, number, size
from letters.drafts import NewLetter
from suppliers.models import Receipt
from suppliers.receipts import exact_time
from tenders.handed_in import worded
from tenders.models import Stage


@dataclass(frozen=True)
class Shown:
    """A receipt as page and paper show it, in the language that is active."""

    heading: str
    facts: list[Fact]


def shown(receipt: Receipt, title: str) -> Shown:
    """The lines of a receipt. `title` is what the idea is called, «» when its content is gone."""
    submission = receipt.version.submission
    stage, tender = submission.stage, submission.stage.tender
    by = _("%(person)s for %(organisation)s") % {"person": receipt.version.handed_in_by.name, "organisation": submission.organisation.name}
    content = Fact(_("Content"), f"«{title}»", amount_of(receipt)) if title else Fact(_("Content"), amount_of(receipt))
    facts = [
        Fact(_("Tender"), f"{tender.name} ({tender.reference}), {stage.name}"),
        Fact(_("Handed in by"), by),
        Fact(_("Received"), moment_seconds(receipt.received_at)),
        content,
        *([Fact(_("Price"), _("One price, sealed by itself"))] if receipt.version.price else []),
    ]
    return Shown(_("Receipt %(number)s") % {"number": receipt.number}, facts)


def amount_of(receipt: Receipt) -> str:
    """«523 ord og to vedlegg (9,2 MB)»."""
    words = ngettext("%(number)s word", "%(number)s words", receipt.words) % {"number": number(receipt.words)}
    if not receipt.files:
        return words
    files = ngettext("%(number)s attachment", "%(number)s attachments", receipt.files) % {"number": receipt.files}
    return _("%(words)s and %(files)s (%(size)s)") % {"words": words, "files": files, "size": size(receipt.bytes)}


def receipt_html(receipt: Receipt, *, title: str) -> str:
    """The receipt as a whole HTML page for `letters.pdf.render_pdf`, in the language that is active."""
    receipt_shown = shown(receipt, title)
    organisation = receipt.version.submission.organisation
    return render_to_string(
        "pdf/receipt.html",
        {
            "language": translation.get_language() or settings.LANGUAGE_CODE,
            "title": receipt_shown.heading,
            "subject": receipt_shown.facts[0].value,
            "sender": ["Nav"],
            "recipient": [organisation.name],
            "reference": receipt.version.submission.stage.tender.reference,
            "facts": [*receipt_shown.facts, *_exact(receipt)],
            "fingerprint_label": _("Fingerprint"),
            "fingerprint": fingerprint_lines(receipt.commitment),
            "how": _("Anyone who has the number and the fingerprint can check the receipt at %(address)s.")
            % {"address": settings.SITE_URL + reverse("suppliers:verify_receipt")},
        },
    )


def _exact(receipt: Receipt) -> list[Fact]:
    return [
        Fact(_("Exact time (UTC)"), exact_time(receipt.received_at)),
        Fact(_("Line in your own journal"), number(receipt.stream_seq)),
    ]


def what_it_earns(stage: Stage) -> str:
    """What handing in to a later stage releases by the finalist agreement: what the stage before pays each. «» where there is nothing."""
    before = stage.tender.stages.filter(no=stage.no - 1).first() if stage.no > 1 else None
    if before is None or not before.pays_each or before.price_criterion:
        return ""
    text = _("When the stage is opened, you can ask for the %(money)s %(vat)s that your agreement gives for what you have handed in.")
    return text % {"money": money(before.pays_each), "vat": stage.tender.get_vat_basis_display()}


def receipt_notices(receipt: Receipt, stage: Stage, organisation: Organisation) -> list[NewLetter]:
    """One notice to each who acts for the organisation, in the person's own language."""
    return [_receipt_notice(receipt, stage, member) for member in people.members_of(organisation)]


def _receipt_notice(receipt: Receipt, stage: Stage, member: User) -> NewLetter:
    with translation.override(member.language):
        lines = [
            worded(stage.tender, _("We have received your sketch for %(tender)s."), _("We have received your offer for %(tender)s."))
            % {"tender": stage.tender.name},
            _("It arrived %(time)s.") % {"time": moment_seconds(receipt.received_at)},
            _("The number of the receipt is %(number)s.") % {"number": receipt.number},
            _("Fingerprint:") + "\n" + "\n".join(fingerprint_lines(receipt.commitment)),
            _("If you wish, you can say on the page of the receipt how many hours you used."),
            worded(
                stage.tender,
                _("Until the deadline you can change the sketch or withdraw it. Only the last one handed in is opened."),
                _("Until the deadline you can change the offer or withdraw it. Only the last one handed in is opened."),
            ),
        ]
        if earns := what_it_earns(stage):
            lines.append(earns)
        return NewLetter(
            title=_("Receipt %(number)s") % {"number": receipt.number},
            body="\n\n".join(lines),
            language=member.language,
            user=member,
            path=reverse("suppliers:receipt", args=[stage.tender.reference, stage.no]),
        )
