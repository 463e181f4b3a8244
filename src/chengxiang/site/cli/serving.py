"""Keeps the web server, the worker and the embedded database running until told to stop."""

import os
import signal
import subprocess
import sys
import time

import psycopg

from chengxiang.kernel import database
from chengxiang.site.cli.terminal import console

# Seconds between two looks at the processes.
_LOOK = 2.0


def _commands(host: str, port: int) -> dict[str, list[str]]:
    return {
        "web": [
            sys.executable, "-m", "gunicorn", "chengxiang.site.wsgi:application",
            "--bind", f"{host}:{port}", "--workers", "2", "--threads", "4",
            "--timeout", "120", "--log-level", "warning",
        ],
        "worker": [
            sys.executable, "-m", "chengxiang", "django", "procrastinate", "worker",
            "--concurrency", "1",
        ],
    }  # fmt: skip


def serve_until_stopped(host: str, port: int) -> None:
    """Starts web and worker; starts again whichever dies, the embedded database too."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "chengxiang.site.settings"}
    commands = _commands(host, port)
    processes = {
        name: subprocess.Popen(command, env=environment) for name, command in commands.items()
    }
    stopping = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.append(True))
    try:
        while not stopping:
            time.sleep(_LOOK)
            _revive_database()
            for name, process in processes.items():
                if process.poll() is not None and not stopping:
                    console.print(f"{name} ended ({process.returncode}); starting it again")
                    processes[name] = subprocess.Popen(commands[name], env=environment)
    finally:
        for process in processes.values():
            process.terminate()
        for process in processes.values():
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def _revive_database() -> None:
    """Starts the embedded server again if it is gone; a named server is its keeper's matter."""
    url = os.environ[database.VARIABLE]
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        # This process's own handle does not notice the death; a fresh process starts it again.
        environment = {k: v for k, v in os.environ.items() if k != database.VARIABLE}
        code = "from chengxiang.kernel import database; database.ensure()"
        subprocess.run([sys.executable, "-c", code], env=environment, check=False)
