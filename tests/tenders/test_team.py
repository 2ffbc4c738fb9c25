"""Who at Nav answers for what: typed in, needed before the announcement, one shown to everybody and the rest to staff."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.refused import Refused
from tenders.commands.save_announcement import save_announcement
from tenders.models import TeamMember
from tenders.readiness import NotReady, missing_in
from tests.conftest import NOON
from tests.tenders.test_announcement_forms import typed
from tests.tenders_made import announced, describe


def save(tender, by, **values):
    save_announcement(tender_id=tender.pk, section="team", values=values, by=by, at=NOON)


def test_a_name_without_a_login_is_kept_and_can_be_changed_and_taken_away(ingrid):
    tender = describe(ingrid)
    save(tender, ingrid, guide_name="Ola Ås", guide_email="ola@nav.example", guide_phone="55 55 33 33")
    guide = tender.team.get(task="guide")
    assert (guide.name, guide.email, guide.phone) == ("Ola Ås", "ola@nav.example", "55 55 33 33")
    save(tender, ingrid, guide_name="", guide_email="", guide_phone="")
    assert not tender.team.filter(task="guide").exists() and tender.team.count() == 3


@pytest.mark.parametrize(("values", "field"), [({"guide_email": ""}, "guide_email"), ({"guide_name": ""}, "guide_name")])
def test_half_a_person_is_refused_at_the_field(ingrid, values, field):
    with pytest.raises(NotReady, match="Write both name and e-mail address, or neither") as refused:
        save(describe(ingrid), ingrid, **values)
    assert refused.value.missing[0].field == field


@pytest.mark.parametrize("task", TeamMember.Task.values)
def test_it_is_not_announced_without_them(ingrid, task):
    tender = describe(ingrid)
    save(tender, ingrid, **{f"{task}_name": "", f"{task}_email": "", f"{task}_phone": ""})
    assert [(one.section, one.field) for one in missing_in(tender, at=NOON)] == [("team", f"{task}_name")]


@pytest.mark.engine
def test_the_database_holds_one_for_each_task_who_can_be_reached(ingrid):
    tender = describe(ingrid)
    for row in ({"task": "guide", "name": "En til", "email": "to@nav.example"}, {"task": "extra", "name": "", "email": "x@nav.example"}):
        with pytest.raises(IntegrityError, match="teammember"), transaction.atomic():
            TeamMember.objects.create(tender=tender, **row)


@pytest.mark.parametrize("written", ["ikke en adresse", "a@b", "a\x00b@nav.no", "😀@nav.no", "x" * 100_000])
def test_an_address_that_is_none_is_refused_and_stays(ingrid, written):
    form = typed(describe(ingrid), "team", need_owner_email=written)
    assert "need_owner_email" in form.errors
    assert form["need_owner_email"].value() == written


@pytest.mark.parametrize("written", ["ring meg", "12", "+47-55", "1" * 40])
def test_a_number_that_is_none_is_refused(ingrid, written):
    assert "guide_phone" in typed(describe(ingrid), "team", guide_phone=written).errors


def test_a_name_needs_an_address_and_an_address_a_name(ingrid):
    tender = describe(ingrid)
    assert typed(tender, "team", guide_email="").errors["guide_email"] == ["Write the e-mail address too."]
    assert typed(tender, "team", guide_name="").errors["guide_name"] == ["Write whose address this is."]


def test_everybody_sees_the_project_lead_and_nobody_else(ingrid, arne, sara):
    tender = announced(ingrid, arne)
    for reader in (None, sara):
        browser = Client()
        if reader:
            browser.force_login(reader)
        for path in ("", "announcement/"):
            page = browser.get(f"/tenders/{tender.reference}/{path}").content.decode()
            assert "ingrid.aas@nav.example" in page
            for hidden in ("Berit Solli", "Jon Myhre", "Tuva Lien", "berit.solli@nav.example", "55 55 33 33"):
                assert hidden not in page


def test_those_who_work_with_it_see_all_four(ingrid):
    tender = describe(ingrid)
    browser = Client()
    browser.force_login(ingrid)
    page = browser.get(f"/tenders/{tender.reference}/people/").content.decode()
    for shown in ("Berit Solli", "Jon Myhre", "Tuva Lien", "berit.solli@nav.example", "55 55 33 33"):
        assert shown in page


def test_the_team_stands_after_the_announcement(ingrid, arne):
    with pytest.raises(Refused, match="This tender has been announced, so the announcement can't be changed"):
        save(announced(ingrid, arne), ingrid, guide_name="En annen")


@pytest.mark.parametrize(("procedure", "asked"), [("idea_competition", True), ("small_tender", False), ("framework", False)])
def test_only_an_idea_competition_has_a_start_up_guide(ingrid, procedure, asked):
    form = typed(describe(ingrid, procedure=procedure), "team")
    assert ("guide_name" in form.fields) == asked
    assert any(group.name == TeamMember.Task.GUIDE.label for group in form.groups()) == asked
    assert form.is_valid()
