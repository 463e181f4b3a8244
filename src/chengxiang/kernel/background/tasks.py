"""The one procrastinate task: it runs a piece of work by its number."""

from procrastinate.contrib.django import app

from chengxiang.kernel.background import commands
from chengxiang.kernel.background.models import Work


@app.task(name="run_work")
def run_work(work_id: int) -> None:
    """Runs the work if nobody ran it before."""
    work = Work.objects.get(pk=work_id)
    if work.state == Work.State.WAITING:
        commands.run(work)
