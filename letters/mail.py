"""The mail that says that something is in the portal."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from letters import queries
from letters.models import Letter


def send(letter: Letter) -> None:
    """Send one mail to those who may open the letter. The Message-ID is the letter's, so that a double shows."""
    addresses = queries.addresses_of(letter)
    if not addresses:
        return
    host = settings.SITE_URL.split("://")[-1].split(":")[0]
    path = letter.address or reverse("letters:letter", args=[letter.pk])
    with translation.override(letter.language):
        context = {"letter": letter, "link": settings.SITE_URL + path}
        text = render_to_string("email/letter.txt", context)
    subject = " ".join(letter.title.split())
    EmailMessage(subject=subject, body=text, to=addresses, headers={"Message-ID": f"<{letter.pk}@{host}>"}).send()
