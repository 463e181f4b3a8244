"""Nobody sees beyond the place of their office: the one door to a record."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from chengxiang.kernel.accounts.officer import Officer

M = TypeVar("M", bound=models.Model)


class VisibleQuerySet(models.QuerySet[M]):
    """Records that have a `place_code`, seen only from an office at or above that place."""

    read_permission: ClassVar[str]

    def visible_to(self, officer: Officer) -> Self:
        """The records of the places where the officer holds `read_permission`; else none."""
        places = officer.places_for(self.read_permission)
        if not places:
            return self.none()
        territory = Q()
        for place in places:
            territory |= Q(place_code__startswith=place)
        return self.filter(territory)
