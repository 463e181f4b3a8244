"""Every record of an area is reachable only through the one door."""

from django.apps import apps

from chengxiang.kernel.accounts.visibility import VisibleQuerySet

# Reference data and machinery: nothing personal, or seen only through its owner.
OPEN = {
    "places.Place",
    "accounts.Account",
    "accounts.Appointment",
    "background.Work",
    "exchange.ImportProblem",
}


def own_models():
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("chengxiang.") and not hasattr(model, "pgh_tracked_model")
    ]


def test_every_record_is_seen_through_visible_to_or_listed_as_open():
    for model in own_models():
        if model._meta.label in OPEN:
            continue
        assert isinstance(model._default_manager.all(), VisibleQuerySet), model._meta.label
        assert model._default_manager.all().read_permission, model._meta.label
        assert any(f.name == "place_code" for f in model._meta.fields), model._meta.label


def test_open_models_exist():
    assert {model._meta.label for model in own_models()} >= OPEN
