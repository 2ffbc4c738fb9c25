"""The letters of the demo world, made by several processes at once: one after the other they would take half of the building."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context

from accounts import clock
from accounts.models import User
from letters import pdf
from letters.commands.claim_letter import claim_letter
from letters.commands.file_letter import file_letter
from letters.models import Letter
from letters.queries import letters_to_make

MOST_PROCESSES, WORTH_IT_FROM = 4, 2


@contextmanager
def printers() -> Iterator[Callable[[], None]]:
    """What is handed out makes the letters that wait when called. The processes start when there is enough to do, and end here."""
    count = min(MOST_PROCESSES, os.cpu_count() or 1)
    # started afresh, not copied: they share nothing with this process, least of all its connection to the database
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        yield partial(_print_waiting, pool)


def _print_waiting(pool: Executor) -> None:
    """A few letters, and letters on a machine without Pango, are left to the mail room's own job."""
    if letters_to_make(at=clock.now()).count() < WORTH_IT_FROM or not pdf.available():
        return
    letters = list(_claimed())
    for letter, content in zip(letters, pool.map(pdf.render_pdf, [letter.body for letter in letters]), strict=True):
        file_letter(letter_id=letter.pk, content=content, by=User.clock(), at=clock.now())


def _claimed() -> Iterator[Letter]:
    while (letter := claim_letter(by=User.clock(), at=clock.now())) is not None:
        yield letter
