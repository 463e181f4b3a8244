"""Makes the areas' background jobs known when Django starts."""

from importlib import import_module

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The site: where the areas come together."""

    name = "chengxiang.site"
    label = "site"

    def ready(self) -> None:
        from chengxiang.site.areas import areas

        for area in areas():
            if area.jobs:
                import_module(area.jobs)
