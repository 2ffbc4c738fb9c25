"""Files that belong to a tender, and a draft that was laid aside."""

from datetime import datetime
from functools import partial

from demo.world.calendar import clock
from demo.world.data import texts
from demo.world.papers import small_pdf
from demo.world.stage import Play
from demo.world.tenders import Text, write_description
from tenders.commands.add_tender_file import add_tender_file
from tenders.commands.shelve_tender import shelve_tender


def write_files(play: Play, key: str, at: datetime) -> None:
    """Ingrid adds what those who take part need beside the announcement, while it is a draft."""
    for said in texts("files")[key]:
        play.scene(at, partial(_add, play, key, said))


def _add(play: Play, key: str, said: Text, at: datetime) -> None:
    data = small_pdf(said["lines"])
    add_tender_file(
        tender_id=play.tenders[key].pk,
        title=said["title"],
        name=said["name"],
        data=data,
        without_names=True,
        by=play.people["ingrid"],
        at=at,
    )


def write_shelved(play: Play) -> None:
    """A need that somebody else has met: begun on, and laid aside the same day."""
    text = texts("files")["shelved"]
    write_description(play, "shelved", text, clock(play.calendar.work(2), 11, 5))
    play.scene(clock(play.calendar.work(2), 14, 20), partial(_shelve, play, text["reason"]))


def _shelve(play: Play, reason: str, at: datetime) -> None:
    shelve_tender(tender_id=play.tenders["shelved"].pk, reason=reason, by=play.people["ingrid"], at=at)
