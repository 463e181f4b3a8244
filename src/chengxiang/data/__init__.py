"""Reference data shipped with the package; sources and licences in SOURCES.md."""
