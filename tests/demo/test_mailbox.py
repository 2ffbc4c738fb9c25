"""Every mail is kept, none leaves, and what stands in one is text."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.urls import reverse

from accounts.models import User
from demo.commands.keep_mail import keep_mail
from demo.models import SentMail
from tests.conftest import NOON

pytestmark = pytest.mark.django_db


def kept(text="Hei.", to="sara@nyvei.example", subject="Ny melding", at=NOON):
    return keep_mail(to=[to], subject=subject, text=text, by=User.clock(), at=at)


def shown(client, mail):
    return client.get(reverse("demo:mail", args=[mail.pk])).content.decode()


def test_a_mail_that_is_sent_lands_in_the_mailbox(settings, mailoutbox):
    settings.EMAIL_BACKEND = "demo.mailbox.MailboxBackend"
    assert send_mail("Koden din", "Skriv 123 456.", None, ["sara@nyvei.example", "per@nyvei.example"]) == 1
    mail = SentMail.objects.get()
    assert (mail.to, mail.subject, mail.text, mail.at) == ("sara@nyvei.example, per@nyvei.example", "Koden din", "Skriv 123 456.", NOON)
    assert mailoutbox == []


def test_copies_and_long_subjects_are_kept_too(settings):
    settings.EMAIL_BACKEND = "demo.mailbox.MailboxBackend"
    message = EmailMultiAlternatives("A" * 300, "Tekst", None, ["a@nyvei.example"], bcc=["b@nyvei.example"])
    message.attach_alternative("<p>HTML</p>", "text/html")
    message.send()
    mail = SentMail.objects.get()
    assert mail.to == "a@nyvei.example, b@nyvei.example" and len(mail.subject) == 250 and mail.text == "Tekst"


def test_the_code_to_log_in_with_can_be_read(client, settings, sara):
    settings.EMAIL_BACKEND = "demo.mailbox.MailboxBackend"
    sara.emailaddress_set.create(email=sara.email, verified=True, primary=True)
    client.post(reverse("account_request_login_code"), {"email": sara.email})
    mail = SentMail.objects.get()
    assert mail.to == sara.email and any(line.strip() for line in mail.text.splitlines())


def test_a_script_in_a_mail_is_only_text(client):
    page = shown(client, kept("Hei <script>alert(1)</script> & ha det", subject="<b>Fet</b>"))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; ha det" in page
    assert "<script>alert" not in page and "<b>Fet" not in page


def test_only_addresses_of_this_site_can_be_pressed(client):
    page = shown(client, kept("Se http://localhost:8000/my/?a=1&b=2 og https://evil.example/x og javascript:alert(1)."))
    assert 'href="/my/?a=1&amp;b=2"' in page
    assert "https://evil.example/x" in page and 'href="https://evil' not in page and 'href="javascript' not in page


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("http://localhost:9123/tenders/", 'href="/tenders/"'),
        ("http://testserver/my/", 'href="/my/"'),
        ("http://localhost//evil.example/x", 'href="/evil.example/x"'),
        ("http://localhost/\\evil.example/x", None),
        ("http://localhost@evil.example/x", None),
        ("http://evil.example/?http://localhost:8000/", None),
        ("http://[broken/", None),
    ],
)
def test_an_address_that_pretends_leads_nowhere(client, address, href):
    page = shown(client, kept(f"Les mer: {address}"))
    body = page[page.index("nv-card") :]
    assert (href in body) if href else ("href" not in body[: body.index("</p>")])


def test_the_newest_stand_first_and_a_recipient_is_found(client):
    kept(subject="Den eldste", at=NOON - timedelta(days=1))
    kept(subject="Den nyeste", to="per@nyvei.example")
    page = client.get(reverse("demo:mail_list")).content.decode()
    assert page.index("Den nyeste") < page.index("Den eldste")
    found = client.get(reverse("demo:mail_list"), {"q": "SARA"}).content.decode()
    assert "Den eldste" in found and "Den nyeste" not in found
    assert "No mail to «ingen»" in client.get(reverse("demo:mail_list"), {"q": "ingen"}, headers={"accept-language": "en"}).content.decode()


def test_the_list_asks_the_same_however_many_mails(client, django_assert_num_queries):
    kept()
    with django_assert_num_queries(2):
        client.get(reverse("demo:mail_list"))
    kept()
    kept()
    with django_assert_num_queries(2):
        client.get(reverse("demo:mail_list"))


def test_odd_searches_and_unknown_mails_are_answered(client):
    assert client.get(reverse("demo:mail_list"), {"q": "\x00%_'\"", "page": "x"}).status_code == 200
    assert client.get("/demo/mail/00000000-0000-4000-8000-000000000000/").status_code == 404
