"""The import law and the house rules, read off the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.building import ROOT
from tests.collecting import each

PLUGINS = ROOT / "plugins" / "rubric"
SHARED = "model"
BY_HAND = "importers"  # run by tasks, never by a build, so it has no hooks
ROOMS = sorted(path.name for path in PLUGINS.iterdir() if (path / "__init__.py").is_file())
WITH_HOOKS = [room for room in ROOMS if room not in (SHARED, BY_HAND)]
MODULES = [path for room in ROOMS for path in sorted((PLUGINS / room).rglob("*.py"))]
PURE = [path for path in MODULES if path.name not in ("__init__.py", "hooks.py")]
TEMPLATES = sorted((ROOT / "theme/templates").rglob("*.html"))

CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "os.environ",
    "os.environb",
    "os.getenv",
}
NETWORK = {"socket", "ssl", "urllib.request", "http.client", "requests", "httpx", "aiohttp"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(tree: ast.AST) -> Iterator[str]:
    """Every imported name, dotted, wherever in the module it is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_of(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def room_of(path: Path) -> str:
    return path.relative_to(PLUGINS).parts[0]


def dotted(node: ast.AST) -> str:
    """`a.b.c` of an attribute chain, or ''."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        start = dotted(node.value)
        return f"{start}.{node.attr}" if start else ""
    return ""


def test_the_rules_below_see_the_rooms() -> None:
    """A renamed folder must not leave the rules with nothing to check."""
    assert {"model", "site", "frontmatter", "hashtags", "events"} <= set(ROOMS)
    assert len(PURE) > 30
    assert len(TEMPLATES) > 20


@each(WITH_HOOKS)
def test_plugin_package_holds_a_docstring_and_register(room: str) -> None:
    """`register()` imports the hooks only when Pelican calls it, and does nothing else."""
    tree = tree_of(PLUGINS / room / "__init__.py")
    docstring, register = tree.body
    assert isinstance(docstring, ast.Expr)
    assert ast.get_docstring(tree)
    assert isinstance(register, ast.FunctionDef)
    assert register.name == "register"
    assert ast.get_docstring(register)
    _, deferred, call = register.body
    assert list(imports(deferred)) == [f"rubric.{room}.hooks"]
    assert ast.unparse(call) == "hooks.connect()"


@pytest.mark.parametrize("room", [SHARED, BY_HAND])
def test_package_without_hooks_holds_a_docstring_alone(room: str) -> None:
    tree = tree_of(PLUGINS / room / "__init__.py")
    assert ast.get_docstring(tree)
    assert len(tree.body) == 1
    assert not (PLUGINS / room / "hooks.py").exists()


@each(WITH_HOOKS)
def test_every_plugin_connects_in_its_hooks(room: str) -> None:
    functions = [
        node.name
        for node in tree_of(PLUGINS / room / "hooks.py").body
        if isinstance(node, ast.FunctionDef)
    ]
    assert "connect" in functions


@each([path for path in MODULES if path.name != "hooks.py"], name_of)
def test_only_hooks_import_pelican(path: Path) -> None:
    assert [name for name in imports(tree_of(path)) if is_of(name, "pelican")] == []


@each(PURE, name_of)
def test_pure_module_imports_no_hooks(path: Path) -> None:
    assert [name for name in imports(tree_of(path)) if ".hooks" in name] == []


@each(MODULES, name_of)
def test_plugin_imports_itself_and_the_model_alone(path: Path) -> None:
    """A plugin never imports a sibling, and the model imports no plugin."""
    allowed = {f"rubric.{room_of(path)}", f"rubric.{SHARED}"}
    rooms = [name for name in imports(tree_of(path)) if is_of(name, "rubric")]
    assert [name for name in rooms if not any(is_of(name, room) for room in allowed)] == []


@each(sorted((ROOT / "tools").glob("*.py")), name_of)
def test_tool_imports_pure_modules_of_plugins(path: Path) -> None:
    names = list(imports(tree_of(path)))
    assert [name for name in names if ".hooks" in name] == []


@each(PURE, name_of)
def test_pure_module_asks_no_clock_network_or_environment(path: Path) -> None:
    tree = tree_of(path)
    names = {dotted(node) for node in ast.walk(tree)} | set(imports(tree))
    asked = {name for name in names if any(is_of(name.lower(), clock) for clock in CLOCKS)}
    # `from datetime import datetime` and `import datetime` name the same clock differently.
    asked |= {name for name in names if any(name.endswith(f".{clock}") for clock in CLOCKS)}
    asked |= {name for name in names if any(is_of(name, module) for module in NETWORK)}
    assert asked == set()


@each(MODULES, name_of)
def test_module_keeps_no_state(path: Path) -> None:
    """No list, dict or set under a name that isn't a constant's, and no `global`."""
    tree = tree_of(path)
    assert [node for node in ast.walk(tree) if isinstance(node, ast.Global)] == []
    makers = {"list", "dict", "set", "defaultdict", "Counter", "deque"}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            targets = [node.target]
        else:
            continue
        mutable = isinstance(
            node.value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp
        ) or (isinstance(node.value, ast.Call) and dotted(node.value.func) in makers)
        names = [dotted(target) for target in targets]
        assert not mutable or all(name == name.upper() or name == "__all__" for name in names), (
            names
        )
