"""Are all words of the pages there in Chinese? Extracts, compares and compiles the catalogues.

`python -m chengxiang.site.translations compile` writes the `.mo` files Django reads;
`… check` prints what is missing and ends with 1 if anything is.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parents[1]
PO = "zh_Hans/LC_MESSAGES/django.po"

# The catalogue of a file is the one of the longest folder it lies in.
CATALOGUES: dict[str, Path] = {
    "site": PACKAGE / "site" / "locale",
    "kernel": PACKAGE / "kernel" / "locale",
    "registers/land": PACKAGE / "registers" / "land" / "locale",
}

KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "gettext_noop": None,
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sdf]")

Msgid = tuple[str | None, str]  # context, text (of a plural: the singular)


@dataclass(frozen=True)
class Missing:
    """A message without a sound Chinese translation: where it stands and what is wrong."""

    file: str
    line: int
    msgid: str
    why: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.why}: {self.msgid!r}"


def missing() -> Sequence[Missing]:
    """Every msgid of templates and Python code that has no sound zh-Hans translation.

    Unsound: unknown to every catalogue, empty, fuzzy, or with other placeholders than the
    English text. Django joins the catalogues, so a word of the kernel need not be in the area's.
    """
    known = _joined_catalogue()
    found = []
    for file, line, msgid, context in messages():
        text = msgid if isinstance(msgid, str) else msgid[0]
        if not text.strip():
            continue
        why = _fault(known.get((context, text)), msgid)
        if why:
            found.append(Missing(file, line, text, why))
    return found


def unused() -> Sequence[tuple[str, str]]:
    """(catalogue, msgid) of translations that no template and no code asks for any more."""
    asked = {
        (context, msgid if isinstance(msgid, str) else msgid[0])
        for _file, _line, msgid, context in messages()
    }
    return [
        (name, _singular(message))
        for name, catalogue in _catalogues().items()
        for message in catalogue
        if message.id and (message.context, _singular(message)) not in asked
    ]


def messages() -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    """File (from the package's folder), line, msgid (a tuple with its plural), context."""
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            source = path.read_bytes()
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            source = _as_python(path)
        else:
            continue
        name = str(path.relative_to(PACKAGE))
        for line, msgid, _comments, context in extract("python", BytesIO(source), KEYWORDS):
            yield name, line, msgid, context


def compile_catalogues() -> int:
    """Number of `.mo` files written, one beside each `.po` whose text is newer."""
    written = 0
    for folder in CATALOGUES.values():
        source = folder / PO
        target = source.with_suffix(".mo")
        if not source.exists():
            continue
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        # Under another name first: a server reading at this moment sees the old or the new one.
        draft = target.with_suffix(".mo.new")
        with source.open("rb") as read, draft.open("wb") as write:
            write_mo(write, read_po(read))
        draft.replace(target)
        written += 1
    return written


def _as_python(template: Path) -> bytes:
    import django
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True, USE_TZ=True)
        django.setup()
    from django.utils.translation.template import templatize

    code = templatize(template.read_text(), origin=str(template))
    # What is not a message becomes letters; their indentation means nothing but stops the reader.
    return "\n".join(line.lstrip() for line in code.splitlines()).encode()


def _catalogues() -> dict[str, Catalog]:
    read = {}
    for name, folder in CATALOGUES.items():
        if (folder / PO).exists():
            with (folder / PO).open("rb") as file:
                read[name] = read_po(file, locale="zh_Hans")
    return read


def _joined_catalogue() -> dict[Msgid, Message]:
    joined: dict[Msgid, Message] = {}
    for catalogue in _catalogues().values():
        joined.update({(m.context, _singular(m)): m for m in catalogue if m.id})
    return joined


def _singular(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def _fault(message: Message | None, msgid: str | tuple[str, ...]) -> str:
    """What is wrong with the translation in a few words, empty if nothing."""
    if message is None:
        # Django's own catalogue has the words of its own forms and fields.
        text = msgid if isinstance(msgid, str) else msgid[0]
        return "" if text in _of_django() else "not in any catalogue"
    words = [message.string] if isinstance(message.string, str) else list(message.string)  # type: ignore[arg-type]
    if not all(words) or not words:
        return "not translated"
    if message.fuzzy:
        return "marked fuzzy"
    if not isinstance(msgid, str) and isinstance(message.id, str):
        return "has no plural in the catalogue"
    english = set(_PLACEHOLDER.findall(" ".join([msgid] if isinstance(msgid, str) else msgid)))
    if any(set(_PLACEHOLDER.findall(text)) - english for text in words):
        return "has a placeholder the English text has not"
    if isinstance(msgid, str) and english - set(_PLACEHOLDER.findall(words[0])):
        return "lacks a placeholder"
    return ""


@cache
def _of_django() -> frozenset[str]:
    import django

    path = Path(django.__file__).parent / "conf" / "locale" / "zh_Hans" / "LC_MESSAGES"
    with (path / "django.po").open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans")
    return frozenset(_singular(message) for message in catalogue if message.id and message.string)


def main(arguments: Sequence[str]) -> int:
    """Exit code of `compile` or `check`."""
    if arguments == ["compile"]:
        sys.stdout.write(f"{compile_catalogues()} catalogues compiled\n")
        return 0
    if arguments == ["check"]:
        faults = missing()
        sys.stdout.writelines(f"{fault}\n" for fault in faults)
        return 1 if faults else 0
    sys.stdout.write(__doc__ or "")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
