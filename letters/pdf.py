"""Turns HTML into PDF/UA-1. The only importer of WeasyPrint; its fetcher reaches our own fonts and nothing else."""

import importlib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "fonts"


@cache
def _weasyprint() -> Any:
    """WeasyPrint, loaded when first needed: it takes seconds, and without Pango it raises OSError."""
    return importlib.import_module("weasyprint")


def available() -> bool:
    """Whether PDFs can be made here. Without Pango letters are filed and shown as web pages, and readiness says so."""
    try:
        _weasyprint()
    except (OSError, ImportError):
        return False
    return True


@cache
def _fetcher() -> Any:
    urls = importlib.import_module("weasyprint.urls")

    class OwnFontsOnly(urls.URLFetcher):  # type: ignore[misc,name-defined]  # loaded at run time
        def __init__(self) -> None:
            super().__init__(allowed_protocols=("asset", "data"), allow_redirects=False)

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith("asset:"):
                return super().fetch(url, headers)
            path = FONTS / Path(url.removeprefix("asset:")).name
            return urls.URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/woff2"})

    return OwnFontsOnly()


def render_pdf(html: str) -> bytes:
    """PDF/UA-1 of a whole HTML page; its `lang` and `title` become the document's. Raises OSError without Pango."""
    document = _weasyprint().HTML(string=html, url_fetcher=_fetcher(), base_url="asset:")
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))
