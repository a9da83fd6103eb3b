"""Imports point one way: a room knows only the rooms before it; brothers do not know each other."""

import ast
from pathlib import Path

import policytext

ROOT = Path(policytext.__file__).parent
# The floor each room stands on; rooms on one floor are brothers.
FLOORS = {
    "errors": 0, "records": 1, "taxonomy": 2, "text": 3, "data": 3, "ingest": 4, "tagging": 5,
    "corpus": 6, "formats": 6, "metrics": 6, "training": 7, "evaluation": 8, "commands": 9,
}  # fmt: skip


def room(module):
    return module.split(".")[1] if "." in module else module


def imports(path):
    """Yield the rooms that a file imports; what stands under TYPE_CHECKING counts too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("policytext."):
            yield room(node.module)
        elif isinstance(node, ast.Import):
            yield from (room(alias.name) for alias in node.names if alias.name.startswith("policytext."))


def test_imports_point_one_way():
    wrong = []
    for path in ROOT.rglob("*.py"):
        parts = path.relative_to(ROOT).parts
        if len(parts) == 1 and path.stem in {"__init__", "__main__"}:
            continue
        home = path.stem if len(parts) == 1 else parts[0]
        for target in imports(path):
            if target != home and FLOORS[target] >= FLOORS[home]:
                wrong.append(f"{path.relative_to(ROOT)} imports {target}")
    assert wrong == []


def test_the_walk_sees_an_import_in_the_wrong_direction(tmp_path):
    path = tmp_path / "errors.py"
    path.write_text("def f():\n    from policytext.commands.app import main\n")
    assert list(imports(path)) == ["commands"]


def test_nothing_unpickles():
    guilty = [
        path.name
        for path in ROOT.rglob("*.py")
        if any(word in path.read_text("utf-8") for word in ("import pickle", "import joblib", "allow_pickle=True"))
    ]
    assert guilty == []
