"""A marker written in a sketch, in its title, in a file and in a file's name is found nowhere before the opening."""

import base64
import gzip
import zlib

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from accounts.models import JournalEntry
from suppliers.commands.add_attachment import add_attachment
from suppliers.commands.save_draft import save_draft
from suppliers.commands.submit_submission import submit_submission
from suppliers.completeness import TITLE
from tests.submissions_made import LATER, answers_for, drafted, stage_of
from tests.suppliers_made import registered
from tests.tenders.upload_building import pdf
from tests.tenders_made import announced

pytestmark = pytest.mark.django_db
MARKER = "Grønnfinkemerket7d1f"


@pytest.fixture(autouse=True)
def own_storage(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def written_in_file(document) -> None:
    document.docinfo["/Title"] = MARKER


def handed_in(sara, organisation, tender) -> None:
    stage = stage_of(tender)
    submission = drafted(sara, organisation, tender)
    marked = answers_for(stage, text=f"{MARKER} i teksten.", **{TITLE: f"{MARKER} i tittelen"})
    save_draft(submission_id=submission.pk, answers=marked, draft_no=1, by=sara, at=LATER)
    add_attachment(submission_id=submission.pk, name=f"{MARKER}.pdf", data=pdf(written_in_file), by=sara, at=LATER)
    submit_submission(submission_id=submission.pk, by=sara, at=LATER)


def forms_of(marker: str) -> list[bytes]:
    """The marker as it would stand in plain text, in other encodings, and in base64 at every offset."""
    plain = [marker.encode(), marker.encode("latin-1"), marker.encode("utf-16-be"), marker.encode("utf-16-le")]
    plain.append(marker.encode("unicode_escape"))
    coded = [base64.b64encode(b"x" * shift + marker.encode())[4:-4] for shift in range(3)]
    return [*plain, *coded, marker.encode().hex().encode()]


def every_cell():
    """Every value of every table, as bytes."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for cell in row:
                    yield table, bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def unpacked(content: bytes) -> list[bytes]:
    found = [content]
    for unpack in (gzip.decompress, zlib.decompress):
        try:
            found.append(unpack(content))
        except (OSError, EOFError, zlib.error):
            continue
    return found


def test_no_table_and_no_file_holds_the_marker(sara, ingrid, arne):
    handed_in(sara, registered(sara), announced(ingrid, arne))
    wanted = forms_of(MARKER)
    cells = list(every_cell())
    assert len(cells) > 500
    assert not [table for table, cell in cells for content in unpacked(cell) for form in wanted if form in content]
    files = default_storage.listdir("submissions")[1]
    assert len(files) == 1
    sealed = default_storage.open(f"submissions/{files[0]}").read()
    assert not [form for form in wanted if form in sealed]
    assert MARKER not in files[0]


def test_the_search_finds_a_marker_that_is_there(sara):
    sara.name = MARKER
    sara.save()
    assert any(forms_of(MARKER)[0] in cell for _table, cell in every_cell())


def test_no_line_outside_the_suppliers_own_stream_tells_of_it(sara, ingrid, arne):
    tender, organisation = announced(ingrid, arne), registered(sara)
    before = set(JournalEntry.objects.values_list("pk", flat=True))
    handed_in(sara, organisation, tender)
    after = JournalEntry.objects.exclude(pk__in=before)
    assert {line.stream.split(":")[0] for line in after} == {"organisation"}
    assert not [line for line in after if not set(line.facts) <= {"from", "to", "stage", "version", "commitment", "kind"}]
