"""What the tests of sealed sketches share: which pages, what the matrix says of them, and pages made comparable."""

import re

from tests.access.asking import DERIVED
from tests.access.test_matrix import ROWS

CELLS = {(row.name, state): row.cells for row in ROWS if row.method == "GET" for state in row.states}
GETS = sorted({row.name for row in ROWS if row.method == "GET"})
# The rehearsal's mailbox shows every mail to everybody, and stands only where anybody may be anybody.
# Readiness measures how far two clocks are apart, and never says the same twice
NOT_COMPARED = {"demo:choose", "demo:mail_list", "demo:mail", "insight:readyz"}

MASKS = [
    (re.compile(r'name="(?:csrfmiddlewaretoken|form_token)" value="[^"]*"'), "token"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "key"),
    (re.compile(r"\b[0-9a-f]{16,64}\b|\b(?:[0-9a-f]{4,8} ){7,15}[0-9a-f]{4,8}\b"), "hash"),
    (re.compile(r'<code class="nv-print">[0-9a-f <br>]*</code>'), "hash"),
    (re.compile(r"nonce[-=]\"?[\w+/=-]+"), "nonce"),
    (re.compile(r"K-2026-\d+-[A-Z0-9]+"), "receipt"),
]


def masked(content: bytes) -> str:
    """The page without what is new at every request and in every world: tokens, keys, hashes."""
    text = content.decode("utf-8", "replace")
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return text


def cells_of(name: str, state: str) -> dict[str, str]:
    """What the matrix says; of a state it doesn't name, what it says of the one that it comes from.

    Empty for what comes after the opening and is not named before it: everybody is asked then.
    """
    base, _step = DERIVED.get(state, (state, None))
    return CELLS.get((name, state)) or CELLS.get((name, base), {})
