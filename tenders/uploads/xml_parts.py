"""Reading the XML inside office files: no document type, no entities, nothing fetched, little memory."""

import io
import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from tenders.uploads.refusals import DAMAGED, ODDLY_PACKED, UploadRefused

_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)

Name = tuple[str, str]
"""Namespace and local name; an attribute without a prefix has the namespace ""."""

Seen = Callable[[Name, Mapping[Name, str]], None]


def scan(data: bytes, seen: Seen, *, text_of: str = "", parted_by: str = "") -> str:
    """Call `seen` with name and attributes of each element; answer the text in the elements called `text_of`, joined,
    with a line break wherever an element called `parted_by` begins.

    Raises `UploadRefused` for a document type, for entities and for broken XML.
    """
    parser = create_parser(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    parser.setFeature(feature_namespaces, True)
    elements = _Elements(seen, text_of, parted_by)
    parser.setContentHandler(elements)
    try:
        parser.parse(io.BytesIO(data))
    except DefusedXmlException as trap:
        raise UploadRefused(ODDLY_PACKED) from trap
    except (SAXParseException, ValueError, LookupError) as broken:
        raise UploadRefused(DAMAGED) from broken
    return "".join(elements.text)


def scheme_of(address: str) -> str:
    """The scheme of an address in small letters, or "" when it has none."""
    found = _SCHEME.match(address)
    return found.group(1).lower() if found else ""


def leads_to_another_machine(address: str) -> bool:
    """Whether an address without a scheme names a server all the same: «//server/x» or «\\\\server\\x»."""
    return address.strip().startswith(("//", "\\", "/\\"))


class _Elements(ContentHandler):
    def __init__(self, seen: Seen, text_of: str, parted_by: str) -> None:
        super().__init__()
        self._seen = seen
        self._text_of = text_of
        self._parted_by = parted_by
        self._inside = False
        self.text: list[str] = []

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:
        self._inside = name[1] == self._text_of
        if name[1] == self._parted_by:
            self.text.append("\n")
        self._seen(
            (name[0] or "", name[1]),
            {(space or "", local): value for (space, local), value in attrs.items()},
        )

    def endElementNS(self, name: Any, qname: Any) -> None:
        self._inside = False

    def characters(self, content: str) -> None:
        if self._inside:
            self.text.append(content)
