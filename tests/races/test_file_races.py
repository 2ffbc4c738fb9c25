"""Files raced on PostgreSQL: the twentieth place, and two who change the list at once."""

import os

import pytest

from accounts.refused import Refused
from tenders.commands.arrange_tender_files import arrange_tender_files
from tenders.commands.remove_tender_file import remove_tender_file
from tenders.models import TenderFile
from tenders.models.file import MAX_FILES
from tenders.queries.files import listed_files
from tests.conftest import NOON
from tests.races.at_once import at_once
from tests.tender_files_made import with_file
from tests.tenders_made import describe

ROUNDS = int(os.environ.get("NYVEI_RACE_ROUNDS", "3"))

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture(autouse=True)
def own_storage(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_of_two_at_the_last_place_one_gets_it(ingrid, round_no):
    tender = describe(ingrid)
    for no in range(MAX_FILES - 1):
        with_file(tender, ingrid, NOON, title=f"Vedlegg {no + 1}")
    given = at_once([lambda title=title: with_file(tender, ingrid, NOON, title=title) for title in ("Den tjuende", "Den tjueførste")])
    assert sum(isinstance(one, TenderFile) for one in given) == 1
    assert sum(isinstance(one, Refused) for one in given) == 1
    assert [file.place for file in listed_files(tender)] == list(range(1, MAX_FILES + 1))


@pytest.mark.parametrize("round_no", range(ROUNDS))
def test_removing_arranging_and_adding_at_once_leave_a_whole_list(ingrid, round_no):
    tender = describe(ingrid)
    files = [with_file(tender, ingrid, NOON, title=title) for title in "ABCD"]
    pairs = [(file.pk, file.title) for file in reversed(files)]
    at_once(
        [
            lambda: remove_tender_file(file_id=files[0].pk, by=ingrid, at=NOON),
            lambda: remove_tender_file(file_id=files[2].pk, by=ingrid, at=NOON),
            lambda: arrange_tender_files(tender_id=tender.pk, titles=pairs, by=ingrid, at=NOON),
            lambda: with_file(tender, ingrid, NOON, title="E"),
        ]
    )
    assert [file.place for file in listed_files(tender)] == [1, 2, 3]
    assert {file.title for file in listed_files(tender)} == {"B", "D", "E"}
