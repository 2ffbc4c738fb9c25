"""How much room a sketch has for files, and an organisation for those it has not handed in."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from tenders.uploads.refusals import UploadRefused

MAX_FILES = 5
MAX_TOGETHER_BYTES = 60 * 1024 * 1024
MAX_STORED_BYTES = 200 * 1024 * 1024

TOO_MANY_FILES = _("You can attach five files at most. Remove one, or put two together in one file.")
TOO_MUCH_TOGETHER = _("The files are more than 60 MB together. Remove one, or make the pictures in them smaller.")
TOO_MUCH_STORED = _("The organisation has more than 200 MB of files that are not handed in. Remove files that you do not need.")


def check_room(size: int, *, beside: Sequence[int], stored: int) -> None:
    """Whether one more file of `size` bytes has room. Raises `UploadRefused` when it has not.

    `beside` are the sizes of the submission's other files, `stored` is all that the organisation has lying here that is
    not handed in, in bytes.
    """
    if len(beside) >= MAX_FILES:
        raise UploadRefused(TOO_MANY_FILES)
    if sum(beside) + size > MAX_TOGETHER_BYTES:
        raise UploadRefused(TOO_MUCH_TOGETHER)
    if stored + size > MAX_STORED_BYTES:
        raise UploadRefused(TOO_MUCH_STORED)
