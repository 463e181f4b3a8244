"""Every change is a command: one transaction, a named officer, a permission, a trace."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src/chengxiang"
COMMANDS = [
    path
    for layer in ("registers", "services", "insight")
    for path in [
        *SOURCE.glob(f"{layer}/*/commands.py"),
        *SOURCE.glob(f"{layer}/*/commands/[!_]*.py"),
    ]
]
# Parts of a command that only other commands call: they change nothing by themselves.
PARTS = {"columns.py", "context.py", "records.py", "writing.py"}


def public_functions(path: Path) -> list[ast.FunctionDef]:
    return [
        node
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


@pytest.mark.parametrize("path", [p for p in COMMANDS if p.name not in PARTS], ids=lambda p: p.stem)
def test_every_command_is_one_transaction_by_a_named_officer_and_leaves_a_trace(path):
    functions = public_functions(path)
    assert functions, f"{path} holds no command"
    for function in functions:
        text = ast.unparse(function)
        assert text.startswith("@transaction.atomic"), function.name
        assert function.args.args[0].arg == "by", function.name
        assert "by.require(" in text, function.name
        assert "history.record(" in text, function.name


def test_nothing_outside_commands_writes_to_a_register():
    offences = []
    for path in SOURCE.glob("registers/**/*.py"):
        if {"commands", "migrations", "exchange"} & set(path.parts) or path.name == "commands.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                name = ast.unparse(node.func)
                if name.endswith((".objects.create", ".bulk_create", ".save", ".delete")) or (
                    name.endswith(".update") and ".objects" in name
                ):
                    offences.append(f"{path.relative_to(SOURCE)}:{node.lineno} {name}")
    assert offences == []
