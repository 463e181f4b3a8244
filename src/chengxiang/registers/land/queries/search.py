"""The search box: a name, pinyin, an identity number, a code, a certificate number."""

import re
from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengxiang.codes import identity
from chengxiang.kernel.accounts.officer import Officer
from chengxiang.kernel.area import Hit
from chengxiang.kernel.places.names import place_name
from chengxiang.kernel.subjects.models import Subject
from chengxiang.registers.land.models import Contractor, Member, RegisterEntry

_IDENTITY = re.compile(r"^\d{17}[\dXx]$|^\d{15}$")
_CODE = re.compile(r"^\d{6,19}[JQjq]?$")
# Codes are matched by their beginning from this many digits on; shorter ones are places.
_LETTERS = re.compile(r"^[a-zA-Z][a-zA-Z '’]*$")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")

HOLDER = gettext_lazy("contractor")
MEMBER = gettext_lazy("member")
PARCEL = gettext_lazy("parcel")
CERTIFICATE = gettext_lazy("certificate")


def search(officer: Officer, text: str, limit: int = 20) -> Sequence[Hit]:
    """What the officer may see that answers to the text, the surest answers first.

    Its shape decides what is asked, each question one index range: 15 or 18 characters of an
    identity number (exact), a code or its beginning, Latin letters as pinyin or initials, Chinese
    as the beginning of a name or a certificate number. Nothing outside the officer's territory.
    """
    text = " ".join(text.split())[:60]
    if not text or not officer.may("land.read"):
        return []
    hits: list[Hit] = []
    if _IDENTITY.match(text):
        hits += _by_identity(officer, text.upper(), limit)
    if _CODE.match(text):
        hits += _by_code(officer, text.upper(), limit)
    elif _LETTERS.match(text):
        hits += _by_name(officer, _letters(text), limit)
    elif _HAN.search(text):
        hits += _by_serial(officer, text, limit) if "第" in text or "证" in text else []
        hits += _by_name(officer, Q(name__startswith=text), limit)
    return hits[:limit]


def _letters(text: str) -> Q:
    joined = re.sub(r"[^a-z]", "", text.lower())
    return Q(pinyin__startswith=joined) | Q(initials__startswith=joined)


def _by_name(officer: Officer, question: Q, limit: int) -> list[Hit]:
    # The condition on the kind lets PostgreSQL use the indexes that leave parcels out.
    subjects = (
        Subject.objects.visible_to(officer)
        .filter(question)
        .exclude(kind=Subject.Kind.PARCEL)
        .order_by("name", "code")[: limit * 2]
    )
    names = {subject.pk: subject for subject in subjects}
    holders = Contractor.objects.visible_to(officer).filter(pk__in=names).select_related("subject")
    hits = [_contractor_hit(holder) for holder in sorted(holders, key=lambda h: h.code)]
    members = (
        Member.objects.visible_to(officer)
        .filter(question)
        .select_related("contractor__subject")
        .order_by("name", "id")[: limit * 2]
    )
    # A head of household is there already, as the contractor.
    hits += [
        _member_hit(member)
        for member in members
        if member.contractor_id not in names or member.name != names[member.contractor_id].name
    ]
    return hits[:limit]


def _by_identity(officer: Officer, number: str, limit: int) -> list[Hit]:
    members = (
        Member.objects.visible_to(officer)
        .filter(document_number=number)
        .select_related("contractor__subject")[:limit]
    )
    found = list(members)
    seen = {member.contractor_id for member in found}
    holders = (
        Contractor.objects.visible_to(officer)
        .filter(document_number=number)
        .exclude(pk__in=seen)
        .select_related("subject")[:limit]
    )
    return [*(_member_hit(member) for member in found), *(_contractor_hit(h) for h in holders)]


def _by_code(officer: Officer, code: str, limit: int) -> list[Hit]:
    hits: list[Hit] = []
    digits = code.rstrip("JQ")
    subjects = (
        Subject.objects.visible_to(officer)
        .filter(code__startswith=digits, kind__in=_KINDS_WITH_PAGES)
        .order_by("code")[:limit]
    )
    found = list(subjects)
    parcels = {s.pk for s in found if s.kind == Subject.Kind.PARCEL}
    if len(digits) < len(code) or len(digits) == 18:
        holder_code = digits[:18]
        found = [s for s in found if s.code == holder_code or s.pk in parcels]
    holders = Contractor.objects.visible_to(officer).filter(pk__in=[s.pk for s in found])
    by_pk = {holder.pk: holder for holder in holders.select_related("subject")}
    for subject in found:
        if subject.pk in by_pk:
            hits.append(_contractor_hit(by_pk[subject.pk]))
        elif subject.pk in parcels:
            hits.append(
                Hit(
                    title=subject.code,
                    detail=f"{subject.name} · {_place(subject.place_code)}",
                    url=reverse("land:parcel_detail", args=[subject.code]),
                    kind=PARCEL,
                )
            )
    return hits


_KINDS_WITH_PAGES = list(Subject.Kind)


def _by_serial(officer: Officer, text: str, limit: int) -> list[Hit]:
    entries = (
        RegisterEntry.objects.visible_to(officer)
        .filter(serial=text)
        .select_related("contractor__subject")[:limit]
    )
    return [
        Hit(
            title=entry.serial,
            detail=f"{entry.contractor.subject.name} · {_place(entry.place_code)}",
            url=entry.contractor.get_absolute_url(),
            kind=CERTIFICATE,
        )
        for entry in entries
    ]


def _contractor_hit(holder: Contractor) -> Hit:
    return Hit(
        title=holder.subject.name,
        detail=f"{holder.code} · {_place(holder.place_code)}",
        url=holder.get_absolute_url(),
        kind=HOLDER,
    )


def _member_hit(member: Member) -> Hit:
    household = _("household of %(name)s") % {"name": member.contractor.subject.name}
    number = identity.mask(member.document_number) if member.document_number else ""
    return Hit(
        title=member.name,
        detail=" · ".join(p for p in (household, number, _place(member.place_code)) if p),
        url=member.contractor.get_absolute_url(),
        kind=MEMBER,
    )


def _place(code: str) -> str:
    known = place_name(code)
    return known.label if known else code
