"""Starts long work, runs it, stops it, and finds work whose process died."""

import traceback
from typing import Any

from django.db import connections, transaction
from django.utils.translation import gettext as _

from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.background.jobs import Cancelled, Reporter, find
from chengxiang.kernel.background.models import Work
from chengxiang.kernel.errors import Refused

# First number of the advisory lock that a running piece of work holds on its second connection.
_LOCK = 20_001


@transaction.atomic
def start(by: Officer, name: str, **arguments: Any) -> Work:
    """Queues a declared job; a worker takes it up within seconds after the commit."""
    from chengxiang.kernel.background.tasks import run_work

    find(name)
    work = Work.objects.create(name=name, arguments=arguments, started_by=by.account)
    run_work.defer(work_id=work.pk)
    return work


def run(work: Work) -> None:
    """Does the work here and now, and writes how it ended. Never raises for what the job raises."""
    with connections["progress"].cursor() as cursor:
        # Held by the connection: when this process dies, PostgreSQL lets it go.
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [_LOCK, work.pk])
    try:
        _end(work, Work.State.RUNNING)
        with transaction.atomic():
            find(work.name)(work, Reporter(work))
    except Cancelled:
        _end(work, Work.State.CANCELLED, _("Stopped on request. Nothing was written."))
    except Refused as refusal:
        _end(work, Work.State.FAILED, refusal.message)
    except Exception:
        _end(work, Work.State.FAILED, traceback.format_exc(limit=-3))
        raise
    else:
        _end(work, Work.State.DONE)
    finally:
        with connections["progress"].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, work.pk])


def stop(by: Officer, work: Work) -> None:
    """Asks work to stop at its next sign of life; only who started it may."""
    if work.started_by != by.account:
        raise Refused("background.not_yours", _("Only who started this work can stop it."))
    Work.objects.filter(pk=work.pk).update(stop_requested=True)


def bury_if_dead(work: Work) -> Work:
    """Marks work as failed if it says it runs but its process is gone; returns it fresh."""
    if work.state == Work.State.RUNNING:
        with connections["progress"].cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, work.pk])
            if cursor.fetchone()[0]:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, work.pk])
                work.refresh_from_db()
                if work.state == Work.State.RUNNING:
                    words = _(
                        "The process doing this was stopped. Nothing was written: start again."
                    )
                    _end(work, Work.State.FAILED, words)
    work.refresh_from_db()
    return work


def _end(work: Work, state: Work.State, error: str = "") -> None:
    Work.objects.using("progress").filter(pk=work.pk).update(state=state, error=error)
