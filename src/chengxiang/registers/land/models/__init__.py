"""The land register: who holds which parcel from whom, until when (LADM in the national terms)."""

from .base import LandQuerySet, Registered
from .certificates import Certificate, CertificateAction, Evidence, RegisterEntry
from .parcels import BoundaryLine, BoundaryPoint, LayerFeature, Parcel, ParcelEvent, Use
from .parties import Contractor, DocumentKind, IssuingParty, Member
from .rights import Circulation, Contract, ParcelRight, Way

__all__ = [
    "BoundaryLine",
    "BoundaryPoint",
    "Certificate",
    "CertificateAction",
    "Circulation",
    "Contract",
    "Contractor",
    "DocumentKind",
    "Evidence",
    "IssuingParty",
    "LandQuerySet",
    "LayerFeature",
    "Member",
    "Parcel",
    "ParcelEvent",
    "ParcelRight",
    "RegisterEntry",
    "Registered",
    "Use",
    "Way",
]
