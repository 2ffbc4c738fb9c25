"""What is announced, as one structure."""

from datetime import timedelta

import pytest

from tenders.documents import announcement_content, content_hash, snapshot_of
from tenders.models import Criterion, Stage, StageField, Tender, TenderGroup
from tests.tenders_made import announced, describe


def test_everything_that_a_tenderer_must_know_is_in_it(ingrid):
    tender = describe(ingrid, counties=["NO081"])
    content = announcement_content(tender)
    assert (content["heading"], content["unit"], content["counties"]) == (tender.heading, "Arbeids- og velferdsdirektoratet", ["Oslo"])
    assert (content["amount"], content["cpv"], content["vat_basis"]) == (tender.budget.amount, ["79634000"], "excluding")
    assert content["contact"] == {"name": "Ingrid Aas", "email": "ingrid.aas@nav.example"}
    first = content["stages"][0]
    assert (first["words"], first["pays_in_all"], len(first["fields"]), len(first["criteria"])) == (1200, 150000, 5, 4)
    assert first["criteria"][0]["levels"][0]["text"].startswith("Viser endringen")


@pytest.mark.parametrize(
    "change",
    [
        lambda tender: Tender.objects.filter(pk=tender.pk).update(need="Noe annet"),
        lambda tender: Tender.objects.filter(pk=tender.pk).update(prequalification_ground="§ 8-7"),
        lambda tender: Stage.objects.filter(tender=tender, no=2).update(selects=2),
        lambda tender: Stage.objects.filter(tender=tender, no=1).update(closes_at=tender.questions_close_at + timedelta(days=1)),
        lambda tender: StageField.objects.filter(stage__tender=tender, key="needs").update(max_words=101),
        lambda tender: Criterion.objects.filter(stage__tender=tender, stage__no=2, no=1).update(weight=36),
        lambda tender: tender.counties.set(["NO020"]),
        lambda tender: TenderGroup.objects.create(tender=tender, group="older"),
        lambda tender: Tender.objects.filter(pk=tender.pk).update(places=201),
        lambda tender: Tender.objects.filter(pk=tender.pk).update(tried_at=tender.unit),
        lambda tender: tender.cpv_choices.update(code="79611000"),
        lambda tender: tender.team.filter(task="project_lead").update(name="En annen"),
        lambda tender: Tender.objects.filter(pk=tender.pk).update(contract_text="En annen avtale"),
        lambda tender: Tender.objects.filter(pk=tender.pk).update(reservation="non_profit", reservation_ground="Fordi"),
        lambda tender: Criterion.objects.filter(stage__tender=tender, stage__no=1, no=1).update(climate=True),
    ],
)
def test_the_hash_changes_with_everything_that_is_announced(ingrid, change):
    tender = describe(ingrid)
    before = content_hash(announcement_content(tender))
    change(tender)
    assert content_hash(announcement_content(Tender.objects.get(pk=tender.pk))) != before


def test_the_stored_snapshot_has_the_same_hash(ingrid):
    content = announcement_content(describe(ingrid))
    assert content_hash(snapshot_of(content)) == content_hash(content)


def test_the_number_of_statements_does_not_grow_with_the_criteria(ingrid, arne, django_assert_num_queries):
    tender = announced(ingrid, arne)
    for stages, criteria in [(2, 8), (2, 4)]:
        fresh = Tender.objects.select_related("unit", "budget").get(pk=tender.pk)
        assert (fresh.stages.count(), Criterion.objects.filter(stage__tender=fresh).count()) == (stages, criteria)
        with django_assert_num_queries(10):
            announcement_content(fresh)
        Criterion.objects.filter(stage__tender=fresh, no__gt=2).delete()
