"""Takes the pictures of docs/pages from a running demo: `python tests/browser/take_pictures.py http://127.0.0.1:8000`."""

import os
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pages"
WIDTHS = (1280, 320)
HIGHEST = 2600
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

# name of the picture -> who looks («» is a visitor), at which address, and what they press on the way there
PAGES = {
    "01-front": ("", "/", ""),
    "02-tender": ("", "/tenders/2026-010/", ""),
    "03-my-work": ("ingrid", "/my/", ""),
    "04-announcement": ("arne", "/tenders/2026-013/announcement/", ""),
    "05-section": ("ingrid", "/tenders/2026-014/announcement/criteria/", ""),
    "06-sketch": ("sara", "/tenders/2026-010/stages/1/submission/", ""),
    "07-receipt": ("sara", "/tenders/2025-002/stages/2/receipt/", ""),
    "08-opening": ("ingrid", "/tenders/2026-007/opening/", ""),
    "09-declarations": ("esther", "/tenders/2026-008/declarations/", ""),
    "10-sheet": ("emre", "/tenders/2026-006/scores/", "main a.aksel-button"),
    "11-ranking": ("cecilie", "/tenders/2026-005/ranking/", ""),
    "12-selection": ("arne", "/tenders/2026-004/selection/", ""),
    "13-letter": ("sara", "/tenders/2025-002/decision/", ""),
    "14-contract": ("camilla", "/tenders/2025-002/contracts/", "main table a"),
    "15-payment": ("camilla", "/tenders/2025-002/payments/", "main table a"),
    "16-journal": ("ragnhild", "/tenders/2025-002/journal/", ""),
    "17-demo": ("", "/demo/", ""),
}


def take(browser: Browser, base: str, name: str, width: int) -> None:
    who, path, pressed = PAGES[name]
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="nb-NO")
    page = context.new_page()
    page.set_default_timeout(90_000)
    if who:
        page.goto(f"{base}/demo/")
        page.click(f"button[value={who}]")
    answer = page.goto(base + path)
    if answer is None or answer.status != 200:
        raise SystemExit(f"{path} as {who or 'a visitor'} answered {answer and answer.status}")
    if pressed:
        page.locator(pressed).first.click()
        page.wait_for_load_state()
    target = FOLDER / f"{name}-{width}.png"
    page.screenshot(path=target, full_page=True)
    context.close()
    with Image.open(target) as picture:
        small = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, HIGHEST)))
    small.quantize(64).save(target, optimize=True)


def main(base: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for name in PAGES:
            for width in WIDTHS:
                take(browser, base, name, width)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
