"""How an office says no: a code for machines, words for people."""

from django.utils.functional import Promise


class Refused(Exception):
    """A request the office cannot grant; nothing was written.

    `code` is stable and for machines ("land.contractor_unknown"); `message` says in the reader's
    language what happened and what to do; `field` names the input it is about, if one.
    """

    def __init__(self, code: str, message: str | Promise, *, field: str | None = None) -> None:
        super().__init__(str(message))
        self.code = code
        self.field = field

    @property
    def message(self) -> str:
        return str(self.args[0])
