"""What every page's frame needs."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame: the officer and the menu of the areas they may enter."""
    from chengxiang.site.areas import areas

    officer = getattr(request, "officer", None)
    return {"officer": officer, "areas": areas()}
