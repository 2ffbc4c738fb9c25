"""A real browser against a real server: the system's Chromium, driven from here; nothing is fetched from elsewhere."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

from accounts.models import User
from tests.world import World, build_world

# Playwright's own loop runs in the thread of the test, which the ORM takes for an asynchronous one
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser(django_db_setup, django_db_blocker) -> Iterator[Browser]:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        pytest.skip("no Chromium was found (Debian: apt-get install chromium), or set CHROMIUM to one")
    # With Playwright's loop in this thread Django takes new connections. They are handed what migrations put into the
    # tables, which is put back before each test
    contents = getattr(connection, "_test_serialized_contents", "[]")
    with sync_playwright() as playwright:
        connection._test_serialized_contents = contents
        started = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield started
        started.close()
        with django_db_blocker.unblock():
            connections.close_all()


@dataclass
class Watch:
    """What went wrong in the background while a test looked at pages."""

    host: str
    faults: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", lambda request: self._request(request.url))
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # The status of the page itself is looked at by the test; that of everything else by _response
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _request(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme not in {"data", "blob", "about"} and address.netloc != self.host:
            self.faults.append(f"request to another host: {url}")

    def _response(self, response: Response) -> None:
        of_page = response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and not of_page):
            self.faults.append(f"{response.status} {response.request.method} {response.url}")


@pytest.fixture
def watch(live_server) -> Iterator[Watch]:
    """Fails the test that used it for errors in the console, breaches of the policy for content, and requests elsewhere."""
    watching = Watch(urlsplit(live_server.url).netloc)
    yield watching
    assert not watching.faults, "\n".join(watching.faults)


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser, live_server, watch) -> Iterator[Visit]:
    """`visit(user)` is a page in a browser of its own, logged in as `user`; nobody is logged in without one."""
    contexts: list[BrowserContext] = []

    def start(user: User | None = None, **options: object) -> Page:
        context = browser.new_context(base_url=live_server.url, viewport=WIDE, locale="nb-NO", timezone_id="Europe/Oslo", **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        if user is not None:
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": live_server.url}])
        page = context.new_page()
        watch.over(page)
        return page

    yield start
    for context in contexts:
        context.close()


def session_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def world(transactional_db) -> World:
    return build_world()
