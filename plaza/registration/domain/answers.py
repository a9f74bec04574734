"""Answers to a meeting's own questions; files are what their bytes say, and are only ever downloaded."""

import uuid
from collections.abc import Mapping
from typing import Any, Final

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_noop

from plaza.core.plain import plain_line
from plaza.files.kinds import HEAD, WEB_PAGE, FileKind, kind_of
from plaza.registration.choices import CHOOSING, QuestionKind
from plaza.registration.models import Answer, Question, Registration

MOST_BYTES: Final = 10 * 1024 * 1024
TOO_LARGE: Final = gettext_noop("The file is too large: send at most 10 MB.")
EMPTY: Final = gettext_noop("The file is empty.")
NOT_TAKEN: Final = gettext_noop(
    "This is no file of the kinds that are taken: PDF, Word, Excel, PowerPoint, LibreOffice, a picture or a plain text."
)
# Sound and film are taken nowhere here.
_TAKEN: Final = {"pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls", "ppt", "rtf", "txt", "png", "jpg"}


class NotTaken(Exception):
    """`why` is a whole English sentence, a msgid."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def examined(file: "File[bytes]", name: str) -> FileKind:
    """By its bytes: a name and a browser say anything. Raises NotTaken."""
    if (file.size or 0) > MOST_BYTES:
        raise NotTaken(TOO_LARGE)
    file.seek(0)
    head = file.read(HEAD)
    if not head:
        raise NotTaken(EMPTY)
    kind = kind_of(head, name)
    # A text is looked at to its end: what follows a harmless beginning would be passed on as text too.
    is_text = kind is not None and kind.extension == "txt"
    if kind is None or kind == WEB_PAGE or kind.extension not in _TAKEN or (is_text and b"\0" in file.read()):
        raise NotTaken(NOT_TAKEN)
    file.seek(0)
    return kind


def keep_answers(registration: Registration, answers: Mapping[int, Any]) -> None:
    """Those given replace what stood there; an empty one takes it away. A file stays until another comes."""
    questions = {question.pk: question for question in Question.objects.filter(pk__in=answers)} if answers else {}
    standing = {row.question_id: row for row in registration.answers.all()} if questions else {}
    for pk, question in questions.items():
        given, row = answers[pk], standing.get(pk)
        if question.kind == QuestionKind.FILE:
            if given:
                _keep_file(registration, question, given, row)
        elif given in ("", None, []):
            if row is not None:
                row.delete()
        else:
            Answer.objects.update_or_create(registration=registration, question=question, defaults={"value": given})


def _keep_file(registration: Registration, question: Question, file: Any, row: Answer | None) -> None:
    kind = examined(file, file.name or "")
    if row is not None:
        forget_file(row)
    answer = row or Answer(registration=registration, question=question)
    name = f"{registration.meeting_id}/{uuid.uuid4().hex}.{kind.extension}"
    storage = answer.file.storage
    answer.file.name = storage.save(f"registrations/{name}", File(file))
    answer.file_name = plain_line(file.name or "").replace("/", " ").replace("\\", " ")[-120:]
    answer.media_type = kind.media_type
    try:
        answer.save()
    except BaseException:
        storage.delete(answer.file.name)
        raise


def forget_file(answer: Answer) -> None:
    """Once the deed is done for good."""
    storage, name = answer.file.storage, answer.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def forget_files_of(registration: Registration) -> None:
    """Once the deed is done for good."""
    for answer in registration.answers.exclude(file=""):
        forget_file(answer)


def said(answer: Answer, language: str) -> str:
    """As people read it, in a language."""
    question = answer.question
    if question.kind == QuestionKind.FILE:
        return answer.file_name
    if question.kind in CHOOSING:
        options = question.options_in(language)
        chosen = answer.value if isinstance(answer.value, list) else [answer.value]
        return ", ".join(options[number] for number in chosen if isinstance(number, int) and number < len(options))
    return str(answer.value)
