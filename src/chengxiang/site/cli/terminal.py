"""How far work is, in the terminal: a line that moves where somebody looks, silence elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from chengxiang.registers.land.submission.package import Progress as Tell

# Everything for people goes to standard error, so that --json keeps standard output to itself.
console = Console(stderr=True, highlight=False)


@contextmanager
def progress_line() -> Iterator[Tell]:
    """A progress function to hand to long work; draws only on a terminal."""
    if not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    columns = (
        TextColumn("{task.description:<32}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)

        def tell(what: str, done: int, total: int) -> None:
            progress.update(task, description=what, completed=done, total=total or None)

        yield tell


@contextmanager
def timed(seconds: dict[str, float], name: str) -> Iterator[None]:
    """Notes how long the block took, in seconds with two decimals."""
    began = time.monotonic()
    yield
    seconds[name] = round(time.monotonic() - began, 2)
