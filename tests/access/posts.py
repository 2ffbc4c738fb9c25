"""How each form is filled in when it is filled in well, in the world of the tests."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from suppliers.forms.submission import name_of
from suppliers.queries.submissions import own_receipts
from tenders.forms.amendment import AmendmentForm
from tenders.forms.sections import SECTION_FORMS
from tenders.models import Tender
from tenders.queries.amendments import amendable
from tests.access.addresses import file_key
from tests.access.later_posts import LATER_FORMS, as_typed, proposal
from tests.amendments_made import CLEARER, WHY
from tests.conftest import NOON
from tests.market_made import invitation, plan
from tests.sketches_made import answers_in, pdf_with
from tests.suppliers_made import DECLARED, free_number
from tests.tenders_made import hash_seen
from tests.thresholds_made import findings_of
from tests.world import PASSWORD, World

Form = dict[str, Any]
GOOD_PASSWORD = "på-vei-til-jobb-i-juni"


def form_for(world: World, name: str, state: str) -> Form:
    filled = FORMS[name](world, state) if name in FORMS else {}
    return {"form_token": str(uuid.uuid4()), **filled}


def always(**fields: Any) -> Callable[[World, str], Form]:
    return lambda _world, _state: dict(fields)


def new_tender(world: World, _state: str) -> Form:
    return {"procedure": "idea_competition", "name": "Trygg i trafikken", "unit": str(world.tenders["draft"].unit_id)}


def announce(world: World, state: str) -> Form:
    return {"content_hash": hash_seen(world.tenders[state]) if state == "awaiting" else "x" * 64}


def section(world: World, state: str) -> Form:
    tender = world.tenders[state]
    form = SECTION_FORMS["need"](None, tender=tender)
    return {name: value for name in form.fields if (value := form[name].value()) not in (None, "")}


def amending(world: World, state: str) -> Form:
    """The announcement with the need in other words. While a proposal waits there is no form, and what was typed is not looked at."""
    tender = world.tenders[state]
    if (now := amendable(tender)) is None:
        return {}
    form = AmendmentForm(None, amendable=now, after_no=0, at=NOON)
    stands = {name: value for name in form.fields if name not in now.dates and (value := form[name].value()) not in (None, "")}
    dates = {key: value for name in now.dates for key, value in as_typed(name, form[name].value()).items()}
    return {**stands, **dates, "material": "yes", "reason": WHY, "need": CLEARER}


def registering(_world: World, _state: str) -> Form:
    return {**described(_world, _state), "number": free_number()}


def described(_world: World, _state: str) -> Form:
    return {
        "name": "Morgenkveik AS",
        "form": "AS",
        "address": "Storgata 1, 0155 Oslo",
        "language": "nn",
        "kind": "social_enterprise",
        "size": "5-19",
        "county_code": "NO081",
        "first_time": "no",
    }


def declared(_world: World, _state: str) -> Form:
    return {name: {True: "yes", False: "no"}.get(value, value) for name, value in DECLARED.items()}


def written(world: World, state: str) -> Form:
    """The sketch with another title."""
    if state not in world.own:
        return {"draft_no": 0}
    own, stage = world.own[state], world.stage(state)
    own.refresh_from_db()
    answers = answers_in(stage, world.sketch) | {"title": "Et annet navn"}
    return {"draft_no": own.draft_no, **{name_of(key): text for key, text in answers.items()}}


def looked_over(world: World, state: str) -> Form:
    return {"draft_no": written(world, state)["draft_no"]}


def receipt(world: World, _state: str) -> Form:
    found = own_receipts(world.member, world.stage("opened")).first()
    return {"number": found.number, "fingerprint": found.commitment}


def granting(world: World, _state: str) -> Form:
    return {"email": world.newcomer.email, "role": "reviewer", "unit": str(world.tenders["draft"].unit_id)}


def a_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("flere tall.pdf", pdf_with("Flere tall."), "application/pdf")


def found(world: World, state: str) -> Form:
    """The first finding of the threshold check, with a reason."""
    first = next(iter(findings_of(world.tenders[state])), None)
    return {"finding": first.key if first else "turnover:0", "reason": "Vi må vite at dere klarer et stort oppdrag."}


def own_figures(world: World, state: str) -> Form:
    figures = {"effort_hourly": "900", "effort_words": "200", "effort_expected": "20", "effort_source": "Spurt tre leverandører."}
    return {"draft_no": Tender.objects.get(pk=world.tenders[state].pk).draft_no, **figures}


def titles_of_files(world: World, state: str) -> Form:
    return {f"title_{file.pk}": "Et annet navn" for file in world.tenders[state].files.all()}


def asked_market(_world: World, _state: str) -> Form:
    given = invitation()
    until = as_typed("input_until", given.input_until)
    return {"purpose": given.purpose, "contact_name": given.contact_name, "contact_email": given.contact_email, **until}


def held_meeting(_world: World, _state: str) -> Form:
    given = plan(NOON - timedelta(days=5))
    times = {
        key: value for name in ("starts_at", "ends_at", "sign_up_until") for key, value in as_typed(name, getattr(given, name)).items()
    }
    return {"kind": given.kind, "place": given.place, "places": "3", "agenda": given.agenda, **times}


FORMS: dict[str, Callable[[World, str], Form]] = {
    "accounts:set_language": always(language="nn", next="/"),
    "accounts:roles": granting,
    "accounts:grant": granting,
    "account_signup": always(email="ny@nyvei.example", name="Ny Person", password1=GOOD_PASSWORD, password2=GOOD_PASSWORD),
    "account_login": always(login="sara@nyvei.example", password="ikke-dette-passordet"),
    "account_request_login_code": always(email="sara@nyvei.example"),
    "account_reset_password": always(email="sara@nyvei.example"),
    "account_reauthenticate": always(password=PASSWORD),
    "account_change_password": always(oldpassword=PASSWORD, password1=GOOD_PASSWORD, password2=GOOD_PASSWORD),
    "account_set_password": always(password1=GOOD_PASSWORD, password2=GOOD_PASSWORD),
    "account_email": always(action_add="", email="sara2@nyvei.example"),
    "demo:become": always(person="ingrid"),
    "demo:move": always(step="day"),
    "suppliers:register": registering,
    "suppliers:describe": described,
    "suppliers:prequalification": always(answer="Tre unge og en veileder."),
    "suppliers:declaration": lambda world, state: {**declared(world, state), "send": ""},
    "suppliers:save_declaration": declared,
    "suppliers:review": always(qualified="yes", grounds="Formålet er sosialt, og alt er på plass."),
    "suppliers:ask_applicant": always(text="Hvem har laget ideen sammen med dere?"),
    "suppliers:start_submission": lambda world, _state: {"organisation": world.organisation.number},
    "suppliers:submission": written,
    "suppliers:save_draft": written,
    "suppliers:submit": looked_over,
    "suppliers:confirm_submission": always(through="1"),
    "suppliers:hours_spent": always(hours="10"),
    "suppliers:verify_receipt": receipt,
    "tenders:new": new_tender,
    "tenders:mend_finding": found,
    "tenders:keep_finding": found,
    "tenders:effort_figures": own_figures,
    "tenders:shelve": always(reason="Behovet ble borte."),
    "tenders:add_file": lambda _world, _state: {"title": "Flere tall", "file": a_file()},
    "tenders:arrange_files": titles_of_files,
    "tenders:remove_file": lambda world, state: {"file": str(file_key(world, state))},
    "tenders:propose": lambda world, _state: {"approver": str(world.approver.pk)},
    "tenders:return": always(reason="Skriv hvem det gjelder, med ord alle forstår."),
    "tenders:announce": announce,
    "tenders:announcement_section": section,
    "tenders:questions": always(text="Kan to virksomheter sende inn sammen?"),
    "tenders:answer": always(answer="Ja, men bare én av dem skriver under."),
    "tenders:amend": amending,
    "tenders:announce_amendment": proposal,
    "tenders:return_amendment": proposal,
    "tenders:market_need": asked_market,
    "tenders:market_end": always(reason="Kommunene løser det selv."),
    "tenders:log_contact": always(kind="advice", on=f"{NOON:%Y-%m-%d}", who="Ingrid og Stine", said="De rådet oss til å vente."),
    "tenders:publish_contact": always(shared="Vi viste tallene for i fjor."),
    "tenders:new_meeting": held_meeting,
    "tenders:meeting": held_meeting,
    "tenders:cancel_meeting": always(reason="Vi er syke."),
    "tenders:join_meeting": always(who="me", persons="1"),
    "tenders:leave_meeting": lambda world, _state: {"who": world.organisation.number},
    "tenders:follow": always(told="me"),
    "tenders:themes": always(group="young", county="NO0A1", told="me"),
    **LATER_FORMS,
}
