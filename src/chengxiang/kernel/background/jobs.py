"""Which functions can run in the background, by name, and how they tell how far they are."""

import time
from collections.abc import Callable

from django.utils import timezone

from chengxiang.kernel.background.models import Work

Progress = Callable[[str, int, int], None]
Job = Callable[[Work, Progress], None]

_JOBS: dict[str, Job] = {}
# Between two signs of life written to the database, seconds.
_EVERY = 0.5


class Cancelled(Exception):
    """Somebody asked the work to stop; its transaction is rolled back."""


def job(name: str) -> Callable[[Job], Job]:
    """Declares a function as background work of that name."""

    def declare(function: Job) -> Job:
        _JOBS[name] = function
        return function

    return declare


def find(name: str) -> Job:
    """The function declared under a name; KeyError if none is."""
    return _JOBS[name]


class Reporter:
    """Writes how far a piece of work is, and raises `Cancelled` once somebody asked it to stop.

    It writes on a second connection: the work's own transaction is not yet to be seen by others.
    """

    def __init__(self, work: Work) -> None:
        self.work = work
        self._step = ""
        self._next = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if what == self._step and now < self._next and done < total:
            return
        self._step, self._next = what, now + _EVERY
        works = Work.objects.using("progress").filter(pk=self.work.pk)
        works.update(step=what, done=done, total=total, touched_at=timezone.now())
        if works.filter(stop_requested=True).exists():
            raise Cancelled
