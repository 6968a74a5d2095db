"""The import law and the house rules, read off the source itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.building import ROOT
from tests.cases import cases
from tests.collecting import each

PACKAGE = ROOT / "plugins" / "rubric"
ROOMS = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file())
BRIDGE = "bridge"
NOT_PLUGINS = ("model", "importers")
PLUGINS = [room for room in ROOMS if room not in (BRIDGE, *NOT_PLUGINS)]
MODULES = sorted(PACKAGE.rglob("*.py"))
IN_ROOMS = [path for path in MODULES if path.parent != PACKAGE]
PURE = [
    path
    for path in IN_ROOMS
    if path.name not in ("__init__.py", "passes.py") and not path.is_relative_to(PACKAGE / BRIDGE)
]
PIPELINE = ("rubric.build", "rubric.pipeline")
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
    return path.relative_to(PACKAGE).parts[0]


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
    assert {"bridge", "model", "reading", "tags", "events", "store"} <= set(ROOMS)
    assert len(PURE) > 30
    assert len(TEMPLATES) > 20


@each(PLUGINS)
def test_plugin_registers_passes_and_nothing_else(room: str) -> None:
    """`register()` imports the passes only when Pelican calls it."""
    docstring, *others, register = tree_of(PACKAGE / room / "__init__.py").body
    assert isinstance(docstring, ast.Expr)
    functions = [node.name for node in others if isinstance(node, ast.FunctionDef)]
    assert functions in ([], ["external_inputs"])
    assert isinstance(register, ast.FunctionDef)
    assert register.name == "register"
    assert ast.get_docstring(register)
    _, first, second, *calls = register.body
    assert [*imports(first), *imports(second)] == ["rubric.pipeline", f"rubric.{room}.passes"]
    assert calls
    for call in calls:
        assert ast.unparse(call).startswith("pipeline.add(")


@each(PLUGINS)
def test_every_pass_is_registered(room: str) -> None:
    """A function with the parameter `build` alone is a pass, unless its name begins with _."""
    register = ast.unparse(tree_of(PACKAGE / room / "__init__.py"))
    for node in tree_of(PACKAGE / room / "passes.py").body:
        if isinstance(node, ast.FunctionDef) and ast.unparse(node.args) == "build: Build":
            is_pass = node.returns is not None and ast.unparse(node.returns) == "None"
            assert not is_pass or f"passes.{node.name}" in register, node.name


@cases("room", NOT_PLUGINS)
def test_package_without_passes_holds_a_docstring_alone(room: str) -> None:
    tree = tree_of(PACKAGE / room / "__init__.py")
    assert ast.get_docstring(tree)
    assert len(tree.body) == 1
    assert not (PACKAGE / room / "passes.py").exists()


@each(MODULES, name_of)
def test_only_the_bridge_imports_pelican(path: Path) -> None:
    names = [name for name in imports(tree_of(path)) if is_of(name, "pelican")]
    assert names == [] or room_of(path) == BRIDGE


@each(PURE, name_of)
def test_pure_module_imports_no_passes(path: Path) -> None:
    names = list(imports(tree_of(path)))
    assert [name for name in names if ".passes" in name or name.startswith(PIPELINE)] == []


@each([path for path in IN_ROOMS if room_of(path) != BRIDGE], name_of)
def test_room_imports_itself_and_the_model_alone(path: Path) -> None:
    """Plugins do not import each other, and the model imports no plugin."""
    allowed = [f"rubric.{room_of(path)}", "rubric.model"]
    if path.name in ("__init__.py", "passes.py"):
        allowed += PIPELINE
    names = [name for name in imports(tree_of(path)) if is_of(name, "rubric")]
    assert [name for name in names if not any(is_of(name, room) for room in allowed)] == []


@each(sorted((ROOT / "tools").rglob("*.py")), name_of)
def test_tool_imports_no_signals(path: Path) -> None:
    assert [name for name in imports(tree_of(path)) if is_of(name, "pelican.signals")] == []


@each(PURE, name_of)
def test_pure_module_asks_no_clock_network_or_environment(path: Path) -> None:
    tree = tree_of(path)
    names = {dotted(node) for node in ast.walk(tree)} | set(imports(tree))
    asked = {name for name in names if any(is_of(name.lower(), clock) for clock in CLOCKS)}
    # `from datetime import datetime` and `import datetime` name the same clock differently.
    asked |= {name for name in names if any(name.endswith(f".{clock}") for clock in CLOCKS)}
    asked |= {name for name in names if any(is_of(name, module) for module in NETWORK)}
    assert asked == set()


STORE = sorted((PACKAGE / "store").rglob("*.py"))


@each(STORE, name_of)
def test_store_reads_nothing_that_can_run_code(path: Path) -> None:
    """Workers send results through pipes of their own process; fingerprints only write."""
    tree = tree_of(path)
    allowed = {
        "workers.py": {"pickle"},
        "digests.py": {"marshal"},
        "plain_fingerprints.py": {"marshal"},
    }
    unsafe = {"pickle", "marshal", "shelve", "dbm", "dill", "cloudpickle", "jsonpickle", "yaml"}
    imported = {name.partition(".")[0] for name in imports(tree)}
    assert imported & unsafe == allowed.get(path.name, set()) & imported
    called = {dotted(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert called.isdisjoint(("marshal.load", "marshal.loads", "importlib.import_module"))
    assert {"eval", "exec", "__import__"}.isdisjoint(
        {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    )


def test_a_build_with_nothing_to_do_imports_little() -> None:
    """The bridge decides that before it imports the model of texts, and pydantic with it."""
    code = (
        "import sys, rubric.bridge.pelican;"
        "print({'pydantic', 'rubric.model.kinds', 'rubric.model.entry'} & sys.modules.keys())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT / "plugins",
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert run.stdout == "set()\n"


@each([path for path in MODULES if path.name != "pipeline.py"], name_of)
def test_module_keeps_no_state(path: Path) -> None:
    """No value that can change, and no `global`.

    The registry of rubric/pipeline.py is like Pelican's signals: plugins register in a process.
    """
    tree = tree_of(path)
    assert [node for node in ast.walk(tree) if isinstance(node, ast.Global)] == []
    for node in tree.body:
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            targets = [node.target]
        else:
            continue
        names = [dotted(target) for target in targets]
        is_constant = all(name == name.upper() or name == "__all__" for name in names)
        assert is_constant or not _can_change(node.value), names


def _can_change(value: ast.expr | None) -> bool:
    """Whether a value is a collection, or an instance of one of our classes."""
    if isinstance(value, ast.Call):
        name = dotted(value.func).rpartition(".")[2]
        makers = {"list", "dict", "set", "defaultdict", "deque"}
        return name in makers or (name[:1].isupper() and name not in ("TypeVar", "Literal"))
    kinds = ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp
    return isinstance(value, kinds)
