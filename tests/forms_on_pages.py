"""Reads the forms of a page as a browser does: where they go, and what they hold before anybody types."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"submit", "button", "image", "file", "reset"}


@dataclass
class PageForm:
    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def data(self) -> dict[str, str | list[str]]:
        """For the test client: one value, or a list where a name stands several times."""
        return {name: values if len(values) > 1 else values[0] for name, values in self.fields.items() if values}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[PageForm] = []
        self.loose: dict[str, PageForm] = {}
        self.form: PageForm | None = None
        self.writing = ""
        self.select = ""
        self.first_option: str | None = None
        self.chosen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self._begin(found)
            return
        form = self.loose.get(found.get("form") or "") or self.form
        name = found.get("name") or ""
        read = {"button": self._button, "input": self._input, "textarea": self._textarea, "select": self._select, "option": self._option}
        if form is not None and tag in read and (name or tag == "option"):
            read[tag](form, name, found)

    def _begin(self, found: dict[str, str | None]) -> None:
        self.form = PageForm(found.get("action") or "", (found.get("method") or "get").lower())
        self.forms.append(self.form)
        if found.get("id"):
            self.loose[found["id"]] = self.form

    def _button(self, form: PageForm, name: str, found: dict[str, str | None]) -> None:
        if "disabled" not in found:
            form.buttons.append((name, found.get("value") or ""))

    def _textarea(self, form: PageForm, name: str, _found: dict[str, str | None]) -> None:
        self.writing = name
        form.fields.setdefault(name, []).append("")

    def _select(self, _form: PageForm, name: str, _found: dict[str, str | None]) -> None:
        self.select, self.chosen, self.first_option = name, False, None

    def _option(self, form: PageForm, _name: str, found: dict[str, str | None]) -> None:
        if not self.select:
            return
        value = found.get("value") or ""
        self.first_option = value if self.first_option is None else self.first_option
        if "selected" in found:
            self.chosen = True
            form.fields.setdefault(self.select, []).append(value)

    def _input(self, form: PageForm, name: str, found: dict[str, str | None]) -> None:
        kind = found.get("type") or "text"
        if kind in VOID or (kind in {"radio", "checkbox"} and "checked" not in found):
            return
        form.fields.setdefault(name, []).append(found.get("value") or ("on" if kind == "checkbox" else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.writing = ""
        elif tag == "select" and self.select and self.form is not None:
            if not self.chosen and self.first_option is not None:
                self.form.fields.setdefault(self.select, []).append(self.first_option)
            self.select = ""

    def handle_data(self, data: str) -> None:
        if self.writing and self.form is not None:
            values = self.form.fields[self.writing]
            values[-1] += data.removeprefix("\n") if not values[-1] else data


def forms_of(html: str) -> list[PageForm]:
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def form_to(html: str, path: str = "", *, page: str = "") -> PageForm:
    """The writing form of a page that is sent to `path`; a form without an address is sent to the page itself."""
    wanted = path or page
    for form in forms_of(html):
        if form.method == "post" and (form.action or page) == wanted:
            return form
    raise AssertionError(f"No form on the page is sent to {wanted}: {[form.action for form in forms_of(html)]}")
