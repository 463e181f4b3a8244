"""What people may ask of and give to the land register's pages."""

from collections.abc import Mapping, Sequence
from datetime import date

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chengxiang.registers.land.queries.lists import (
    CONTRACTOR_KINDS,
    PARCEL_CLASSES,
    USES,
    Asked,
)


class PackageForm(forms.Form):
    """A submission package as a zip."""

    file = forms.FileField(
        label=_("Package"),
        help_text=_("A .zip of the submission folder, such as 211223西丰县.zip."),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        start = file.read(4)
        file.seek(0)
        if not start.startswith(b"PK\x03\x04"):
            raise forms.ValidationError(
                _(
                    "This is not a zip. Pack the whole submission folder as .zip and choose that file."
                )
            )
        return file


def day_asked(asked: Mapping[str, str]) -> date | None:
    """The day asked for with `?on=2026-11-24`; None if none or none that exists."""
    try:
        return parse_date(asked.get("on", ""))
    except ValueError:
        return None


class ListFilter(forms.Form):
    """What lists are narrowed by; anything that makes no sense is left out."""

    place = forms.CharField(label=_("Place code"), required=False, max_length=12)
    q = forms.CharField(label=_("Name or code"), required=False, max_length=60)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def asked(self, on: date) -> Asked:
        """The filter as the queries want it."""
        self.is_valid()
        given = self.cleaned_data
        return Asked(
            place_code=given.get("place", ""),
            text=given.get("q", ""),
            sort=given.get("sort", ""),
            parcel_class=given.get("parcel_class", ""),
            use=given.get("use", ""),
            kind=given.get("kind", ""),
            certificate=given.get("certificate", ""),
            on=on,
        )


def _choices(choices: Sequence[tuple[str, str | Promise]]) -> list[tuple[str, str | Promise]]:
    return [("", _("all")), *choices]


class ParcelFilter(ListFilter):
    """Parcels by class and use."""

    parcel_class = forms.ChoiceField(
        label=_("Class"), required=False, choices=_choices(PARCEL_CLASSES)
    )
    use = forms.ChoiceField(label=_("Use"), required=False, choices=_choices(USES))


class ContractorFilter(ListFilter):
    """Contractors by kind and certificate."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=_choices(CONTRACTOR_KINDS))
    certificate = forms.ChoiceField(
        label=_("Certificate"),
        required=False,
        choices=_choices([("with", _("has one")), ("without", _("has none"))]),
    )
