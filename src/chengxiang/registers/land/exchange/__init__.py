"""The submission package on its way in and out: read, check, compare, apply; and the export."""

from .bring import apply_package, bring_package, start_applying
from .examine import examine
from .export import export_package

__all__ = ["apply_package", "bring_package", "examine", "export_package", "start_applying"]
