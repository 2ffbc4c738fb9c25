"""What the panel of a blind stage gets: the sketch, and nothing of whose it is. Neither supplier, keys, times nor file names."""

from dataclasses import dataclass

from evaluation.code_names import number_of
from suppliers import envelopes
from suppliers.completeness import TITLE, Answers, questions_of
from suppliers.models import Attachment, Submission
from tenders.models import Stage
from tenders.sealing import SealBroken
from tenders.uploads.kinds import FileKind


@dataclass(frozen=True)
class BlindFile:
    """A file by its place in the sketch, from 1, and a name made of the code name."""

    no: int
    name: str
    kind: FileKind
    size: int


@dataclass(frozen=True)
class BlindSubmission:
    """A sketch under its code name. `fields` are question and answer; without them the content can't be read."""

    code_name: str
    number: int
    title: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[BlindFile, ...]

    @property
    def readable(self) -> bool:
        return bool(self.fields)


def blinded(submission: Submission, stage: Stage) -> BlindSubmission:
    """Of a row that the visibility queries gave, with its version and files."""
    answers = _answers(submission)
    fields = tuple((str(question.label), answers.get(question.key, "")) for question in questions_of(stage)[1:]) if answers else ()
    files = tuple(_file(submission.code_name, no, file) for no, file in enumerate(submission.attachments.all(), 1))
    return BlindSubmission(submission.code_name, number_of(submission.code_name), answers.get(TITLE, ""), fields, files)


def read_blind_file(submission: Submission, no: int) -> tuple[BlindFile, bytes]:
    """The file with that number and its content; LookupError when there is none, SealBroken when it isn't what was handed in."""
    for place, file in enumerate(submission.attachments.all(), 1):
        if place == no:
            return _file(submission.code_name, no, file), envelopes.read_opened_attachment(file)
    raise LookupError(no)


def _answers(submission: Submission) -> Answers:
    [version] = submission.versions.all()
    try:
        return envelopes.read_opened_version(version)
    except SealBroken:
        return {}


def _file(code_name: str, no: int, file: Attachment) -> BlindFile:
    kind = FileKind(file.kind)
    return BlindFile(no, f"{code_name.replace(' ', '-')}-{no}.{kind.value}", kind, file.size)
