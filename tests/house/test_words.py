"""Codes for machines have words for people, and words can be translated."""

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

from chengxiang.site.areas import areas
from chengxiang.site.roles import ROLES

SOURCE = Path(__file__).parents[2] / "src/chengxiang"
MODULES = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]


def test_no_message_is_put_together_before_it_is_translated():
    offences = [
        f"{path.relative_to(SOURCE)}:{call.lineno}"
        for path in MODULES
        for call in calls(path)
        if isinstance(call.func, ast.Name) and call.func.id in GETTEXT and call.args
        if isinstance(call.args[0], ast.JoinedStr)
    ]
    assert offences == []


def test_every_action_written_to_history_has_words():
    known = {action for area in areas() for action in area.actions}
    used = {
        call.args[0].value
        for path in MODULES
        for call in calls(path)
        if ast.unparse(call.func) == "history.record" and call.args
        if isinstance(call.args[0], ast.Constant)
    }
    assert used <= known


def test_every_permission_a_role_holds_is_declared_by_an_area():
    declared = {permission for area in areas() for permission in area.permissions}
    held = {permission for role in ROLES for permission in role.permissions}
    assert held <= declared


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_areas_roles_permissions_and_actions_have_words_in_both_languages(language):
    with translation.override(language):
        words = [str(role.title) for role in ROLES]
        for area in areas():
            words += [str(area.title), *map(str, area.permissions.values())]
            words += map(str, area.actions.values())
    chinese = re.compile(r"[\u4e00-\u9fff]")
    for text in words:
        assert text
        assert bool(chinese.search(text)) == (language == "zh-hans"), text


def test_every_refusal_has_a_code_of_its_area():
    for path in MODULES:
        for call in calls(path):
            if ast.unparse(call.func) == "Refused":
                code = call.args[0]
                assert isinstance(code, ast.Constant), path
                assert re.fullmatch(r"[a-z_]+\.[a-z_]+", code.value), code.value
