"""The command line `chengxiang`: imports, exports, demonstration packages, and the server."""

import os
import sys
from collections.abc import Sequence

import click

from chengxiang.kernel import database


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default=lambda: "en" if os.environ.get("LANG", "").startswith("en") else "zh",
    help="Language of messages; by default that of your terminal.",
)
@click.option(
    "--as",
    "username",
    default="operator",
    show_default=True,
    help="Account whose offices decide what you may do.",
)
@click.pass_context
def group(context: click.Context, language: str, username: str) -> None:
    """Chengxiang (城乡): a county's registers and services on one machine.

    \b
    Try a county without touching anything:
      chengxiang demo-county 211223 --households 300 --seed 1
      chengxiang import land 211223西丰县 --dry-run
    Bring it in, and take it out again:
      chengxiang import land 211223西丰县
      chengxiang export land 211223 out.zip
    """
    from django.utils import translation

    translation.activate("en" if language == "en" else "zh-hans")
    context.obj = {"language": language, "username": username}


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line: finds the database, prepares Django, and dispatches."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chengxiang.site.settings")
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    needs_database = not ({"-h", "--help"} & set(arguments)) and bool(arguments)
    if needs_database and arguments[0] != "demo-county":
        database.ensure()
    import django

    django.setup()
    from chengxiang.site.cli import land, operate

    group.add_command(land.import_group)
    group.add_command(land.export_group)
    group.add_command(land.demo_county)
    group.add_command(operate.prepare)
    group.add_command(operate.demo)
    group.add_command(operate.serve)
    group.add_command(operate.django)
    group(arguments, prog_name="chengxiang")
