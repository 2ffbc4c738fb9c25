"""The shape of a step: keyword-only, `by`, `at`, a docstring, one transaction, refusals journalled after the rollback."""

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from typing import Any, ParamSpec, TypeVar, cast, overload

from django.apps import apps
from django.db import DatabaseError, IntegrityError, OperationalError, models, transaction
from django.utils.translation import gettext_lazy as _

from accounts import journal
from accounts.models import User
from accounts.refused import Refused

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 3
_inside: ContextVar[bool] = ContextVar("inside_a_command", default=False)
DEADLOCK_CODES = {"40001", "40P01"}
BUSY_CODES = {"55P03", "57014"}


@overload
def command(function: Callable[P, R], /) -> Callable[P, R]: ...


@overload
def command(*, journal: bool) -> Callable[[Callable[P, R]], Callable[P, R]]: ...


def command(function: Callable[P, R] | None = None, /, *, journal: bool = True) -> Any:
    """Make a function a command. `journal=False` is for the closed list of saves-as-you-go in tests/rules."""
    return _commanded if function is None else _commanded(function)


def _commanded(function: Callable[P, R]) -> Callable[P, R]:
    name = f"{function.__module__.split('.')[0]}.{function.__name__}"
    _check_shape(function, name)

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _inside.get():
            return _attempt(function, name, *args, **kwargs)
        try:
            return _with_retries(function, name, *args, **kwargs)
        except Refused as refused:
            # After the rollback, in a transaction of its own: the attempt is on the record though nothing was changed
            _journal_refusal(refused, dict(kwargs))
            raise

    return run


def _journal_refusal(refused: Refused, arguments: dict[str, Any]) -> None:
    by, at = cast(User, arguments["by"]), cast(datetime, arguments["at"])
    journal.record_refusal(refused, by=by, at=at)


def _with_retries(function: Callable[P, R], name: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
    for attempt in range(1, TRIES + 1):
        token = _inside.set(True)
        try:
            return _attempt(function, name, *args, **kwargs)
        except OperationalError as error:
            if _code_of(error) in BUSY_CODES:
                raise _named(Refused(_("Somebody else is working on the same thing. Try again in a moment.")), name) from error
            if _code_of(error) not in DEADLOCK_CODES or attempt == TRIES:
                raise
        finally:
            _inside.reset(token)
    raise AssertionError("unreachable")


def _attempt(function: Callable[P, R], name: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
    try:
        with transaction.atomic():
            return function(*args, **kwargs)
    except Refused as refused:
        raise _named(refused, name) from refused.__cause__
    except IntegrityError as error:
        sentence = _sentence_of(error)
        if sentence is None:
            raise
        raise _named(Refused(sentence), name) from error


def _named(refused: Refused, name: str) -> Refused:
    refused.command = refused.command or name
    return refused


def _code_of(error: DatabaseError) -> str:
    return getattr(error.__cause__, "pgcode", "") or ""


def _sentence_of(error: IntegrityError) -> Any:
    """The sentence written beside the constraint that was broken; None when it has none of its own."""
    text = str(error)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            has_words = constraint.violation_error_message != constraint.default_violation_error_message
            if has_words and (constraint.name in text or _columns_of(model, constraint) in text):
                return constraint.violation_error_message
    return None


def _columns_of(model: type[models.Model], constraint: models.BaseConstraint) -> str:
    """How SQLite names a unique constraint: by its columns."""
    if not isinstance(constraint, models.UniqueConstraint) or not constraint.fields:
        return constraint.name
    columns = {field.name: field.column for field in model._meta.fields}
    return "UNIQUE constraint failed: " + ", ".join(f"{model._meta.db_table}.{columns[name]}" for name in constraint.fields)


def _check_shape(function: Callable[..., Any], name: str) -> None:
    signature = inspect.signature(function)
    kinds = {parameter.kind for parameter in signature.parameters.values()}
    if kinds != {inspect.Parameter.KEYWORD_ONLY} or not {"by", "at"} <= set(signature.parameters) or not function.__doc__:
        raise TypeError(f"{name} is not shaped as a command: keyword-only, with `by`, `at` and a docstring.")
