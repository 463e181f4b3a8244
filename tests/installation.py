"""A real installation of its own: database, worker and web server, and a browser to use it with."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PASSWORD = "chengxiang-demo"


@dataclass
class Installation:
    """Where it lives and listens; its command line."""

    home: Path
    port: int
    environment: dict[str, str] = field(repr=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: object, expect: int = 0) -> subprocess.CompletedProcess[str]:
        """The command line `chengxiang`, as a person would type it."""
        done = subprocess.run(
            [sys.executable, "-m", "chengxiang", *map(str, arguments)],
            env=self.environment, capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip
        assert done.returncode == expect, done.stdout + done.stderr
        return done

    def start(self, *arguments: object) -> subprocess.Popen[bytes]:
        """The command line in the background, in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "chengxiang", *map(str, arguments)],
            env=self.environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    """A demonstration county of 150 households, served; gone when the tests are over."""
    home = Path(tempfile.mkdtemp(prefix="chengxiang-journey-"))
    # The embedded server runs as a user of its own, who has to get there.
    home.chmod(0o755)
    left = {"CHENGXIANG_DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    environment = {name: value for name, value in os.environ.items() if name not in left}
    environment |= {"CHENGXIANG_HOME": str(home), "LANG": "zh_CN.UTF-8"}
    here = Installation(home, free_port(), environment)
    here.run("demo", "--no-serve", "--households", 150)
    server = here.start("serve", "--port", here.port)
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"{here.address}/sign-in/", timeout=5):
                break
        except OSError:
            time.sleep(0.25)
    else:
        raise AssertionError("the web server did not come up")
    yield here
    server.terminate()
    server.wait(timeout=30)
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, installation) -> Iterator[Callable[..., object]]:
    """A page in a fresh browser, signed in if a user name is given."""
    contexts = []

    def open_page(username: str = "", *, language: str = "zh-CN", width: int = 1440):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale=language,
            base_url=installation.address, accept_downloads=True,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        if username:
            page.goto("/sign-in/")
            page.fill("input[name=username]", username)
            page.fill("input[name=password]", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url: "/sign-in" not in url)
        return page

    yield open_page
    for context in contexts:
        context.close()
