"""Sketches with a file, written and handed in by the real commands."""

import io
from dataclasses import dataclass
from datetime import datetime, timedelta

import pikepdf

from accounts.models import Organisation, User
from suppliers.commands.add_attachment import add_attachment
from suppliers.commands.save_draft import save_draft
from suppliers.commands.start_submission import start_submission
from suppliers.commands.submit_submission import submit_submission
from suppliers.models import Submission
from tenders.models import Stage, Tender


@dataclass(frozen=True)
class Sketch:
    """What Sara hands in."""

    title: str = "Tre prøveuker i ekte jobber"
    answer: str = "Vi lar unge prøve tre ulike jobber på tre uker, og en jevnaldrende er med."
    file_name: str = "jobbkart.pdf"
    in_file: str = "Et jobbkart på tre sider."


def pdf_with(text: str) -> bytes:
    """A PDF of one page that says `text`."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(300, 300))
    made.pages[0].Contents = made.make_stream(f"BT /F1 12 Tf 20 150 Td ({text}) Tj ET".encode("latin-1", "replace"))
    out = io.BytesIO()
    made.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def hand_in(tender: Tender, organisation: Organisation, user: User, *, sketch: Sketch) -> Submission:
    """Written, with a file, and handed in five days after the announcement."""
    at = tender.announced_at + timedelta(days=5)
    submission = write(tender, organisation, user, sketch=sketch, at=at)
    submit_submission(submission_id=submission.pk, by=user, at=at + timedelta(hours=1))
    submission.refresh_from_db()
    return submission


def write(tender: Tender, organisation: Organisation, user: User, *, sketch: Sketch, at: datetime) -> Submission:
    stage = tender.stages.get(no=1)
    submission = start_submission(stage_id=stage.pk, organisation_id=organisation.pk, by=user, at=at)
    save_draft(submission_id=submission.pk, answers=answers_in(stage, sketch), draft_no=0, by=user, at=at)
    add_attachment(submission_id=submission.pk, name=sketch.file_name, data=pdf_with(sketch.in_file), by=user, at=at)
    return submission


def answers_in(stage: Stage, sketch: Sketch) -> dict[str, str]:
    return {"title": sketch.title} | {row.key: f"{sketch.answer} ({row.no})" for row in stage.fields.all()}
