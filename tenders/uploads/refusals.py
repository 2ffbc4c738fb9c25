"""Why a file is not taken in, said so that the sender knows what to do."""

from django.utils.translation import gettext_lazy as _

from accounts.refused import Refused


class UploadRefused(Refused):
    """A file that we cannot take. The reason says what is wrong with it and how to mend it."""


EMPTY = _("The file is empty. Check that it was saved, and choose it again.")
TOO_LARGE = _("The file is larger than 20 MB. Make the pictures in it smaller, or split it, and try again.")
WRONG_TYPE = _(
    "We cannot take this kind of file. Save it as PDF, Word (.docx), PowerPoint (.pptx), Excel (.xlsx) or OpenDocument"
    " (.odt, .odp, .ods), and try again."
)
NOT_WHAT_IT_SAYS = _(
    "What is in the file does not fit the ending of its name. Open it in the program you wrote it in, save it as PDF, and try again."
)
OLD_FORMAT = _("The file is in an older format from Office. Save it as .docx, .pptx, .xlsx or PDF, and try again.")
PASSWORD = _("The file is locked with a password. Save it without the password, and try again.")
MACROS = _("The file has macros, and we cannot take it. Save it as .docx, .pptx, .xlsx or PDF, and try again.")
RUNS_SOMETHING = _("The PDF does something of its own when it is opened or clicked in. Print it to a new PDF, and try again.")
FILE_INSIDE = _(
    "There is another file inside this one, for example the spreadsheet behind a chart. Put it in as a picture, or"
    " save the whole as PDF, and try again."
)
FETCHES_FROM_OUTSIDE = _(
    "The file fetches something from another place, for example a picture or a template. Put it into the file, or"
    " save the whole as PDF, and try again."
)
TOO_MANY_PAGES = _("The PDF has more than 300 pages. Send only the pages that we need.")
DAMAGED = _("The file is damaged or cut short. Open it in the program you wrote it in, save it again, and try again.")
TWO_KINDS_AT_ONCE = _("The file is two kinds of file at once. Save it as a new PDF, and try again.")
GROWS_TOO_LARGE = _("The file becomes far too large when it is unpacked. Make the pictures and tables in it smaller, and try again.")
ODDLY_PACKED = _("The file is packed in a way we cannot trust. Open it in the program you wrote it in, save it again, and try again.")
