"""One step = one file in commands/, named verb_noun, with one public command of the same name that is journalled."""

import ast
from pathlib import PurePath

import pytest

from tests.rules.tree import commands, public_functions

# Saves-as-you-go and claims that undo themselves: no line in the journal. Closed; add with a reason in docs/decisions.
NOT_JOURNALLED = {
    "accounts.answer_once",
    "accounts.choose_language",
    "accounts.note_access",
    "demo.keep_mail",
    "evaluation.save_scores",
    "letters.claim_letter",
    "letters.claim_mail",
    "letters.file_letter",
    "suppliers.save_declaration",
    "suppliers.save_draft",
    "suppliers.delete_removed_files",
    "tenders.add_draft_row",
    "tenders.arrange_tender_files",
    "tenders.delete_unneeded_files",
    "tenders.remove_draft_row",
    "tenders.save_announcement",
}


def name_of(path: str) -> str:
    return f"{path.split('/')[0]}.{PurePath(path).stem}"


def decorator_of(function: ast.FunctionDef) -> tuple[bool, bool]:
    """(is a command, is journalled)"""
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Name) and decorator.id == "command":
            return True, True
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "command":
            return True, not any(word.arg == "journal" and word.value.value is False for word in decorator.keywords)
    return False, False


@pytest.mark.parametrize("path", sorted(commands()))
def test_a_command_file_holds_one_command_of_its_name(path):
    decorated = [function for function in public_functions(commands()[path]) if decorator_of(function)[0]]
    assert [function.name for function in decorated] == [PurePath(path).stem]
    assert "_" in PurePath(path).stem, "verb_noun"


@pytest.mark.parametrize("path", sorted(commands()))
def test_a_command_is_journalled_or_on_the_list(path):
    source = ast.dump(commands()[path])
    [function] = [function for function in public_functions(commands()[path]) if decorator_of(function)[0]]
    _, journalled = decorator_of(function)
    assert journalled != (name_of(path) in NOT_JOURNALLED)
    if journalled:
        assert any(call in source for call in ("'record'", "'record_many'", "'take_step'")), "writes no line in the journal"


def test_the_list_names_only_commands_that_exist():
    existing = {name_of(path) for path in commands()}
    assert existing >= NOT_JOURNALLED
