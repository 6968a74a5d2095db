"""A Jinja environment that records what templates read, and inlines included templates.

It uses two extension points of Jinja: `Environment.context_class` and `code_generator_class`.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from jinja2 import Environment, Template, TemplateNotFound, Undefined, nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer

from rubric.model.templates import is_of_page
from rubric.model.tracking import MISSING, RECORDER


class _Context(Context):
    """A context that records names. It is fast, because a page reads about a hundred names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recorder, self.recorded = RECORDER.get(), set[str]()

    def resolve_or_missing(self, key: str) -> Any:
        value = self.vars.get(key, missing)
        if value is missing:
            value = self.parent.get(key, missing)
        if key not in self.recorded and self.recorder is not None:
            self.recorded.add(key)
            self.recorder.name(key, MISSING if value is missing else value)
        return value

    def __getitem__(self, key: str) -> Any:
        value = self.resolve_or_missing(key)
        if value is missing:
            raise KeyError(key)
        return value

    def call(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a function from a template; faster than Jinja for functions with `of_page`."""
        if is_of_page(function):
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return function(self, *args, **kwargs)
        return super().call(function, *args, **kwargs)


class _Inliner(NodeTransformer):
    """Replaces `{% include "name" %}` by the content of the included template.

    Jinja creates a context for each include. For a small template, this takes longer than
    rendering it.
    """

    def __init__(self, environment: Environment, within: tuple[str, ...]) -> None:
        self.environment, self.within = environment, within
        self.names: set[str] = set()

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802 (Jinja's name)
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        if not isinstance(name, str) or not node.with_context or name in self.within:
            return node
        try:
            source, filename, _ = self.environment.loader.get_source(self.environment, name)  # type: ignore[union-attr]
        except TemplateNotFound:
            return node
        tree = self.environment.parse(source, name, filename)
        if next(tree.find_all(_OWN), None) is not None:
            return node
        inner = _Inliner(self.environment, (*self.within, name))
        inner.visit(tree)
        self.names |= {name, *inner.names}
        scope = nodes.Scope(tree.body, environment=self.environment)
        return scope.set_lineno(node.lineno, override=True)


_OWN = (nodes.Extends, nodes.Block, nodes.Import, nodes.FromImport, nodes.Macro)
"""Templates that contain one of these are not inlined."""


_INCLUDED = "included_templates"
"""A variable of compiled templates: the names of the inlined templates."""


class _CodeGenerator(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        inliner = _Inliner(self.environment, (self.name or "",))
        inliner.visit(node)
        super().visit_Template(node, frame)
        # Compiled into the template, so that a bytecode cache keeps it, too.
        self.writeline(f"{_INCLUDED} = {tuple(sorted(inliner.names))!r}")


_TRUSTED = ("builtins", "jinja2", "markupsafe", "pelican", "rubric")
"""Packages whose functions read only their arguments, or record what they read."""


def _recorded(name: str, value: Any) -> Any:
    """Wrap a third-party function: it may read anything, so its pages are always rendered again."""
    module = str(getattr(getattr(value, "func", value), "__module__", None) or "builtins")
    if not callable(value) or module.partition(".")[0] in _TRUSTED:
        return value

    wanted = getattr(value, "jinja_pass_arg", None)

    @wraps(value)
    def call(context: Context, *args: Any, **kwargs: Any) -> Any:
        if recorder := RECORDER.get():
            recorder.unknown(name)
        given = {"context": context, "environment": context.environment}
        first = given.get(wanted.name, context.eval_ctx) if wanted else None
        return value(first, *args, **kwargs) if wanted else value(*args, **kwargs)

    # Jinja does not call a function with `pass_context` when it compiles a template.
    return pass_context(call)


class RecordingEnvironment(Environment):
    """An environment with the loader and functions of another one, which records what is read."""

    context_class = _Context
    code_generator_class = _CodeGenerator

    def __init__(self, like: Environment, **options: Any) -> None:
        super().__init__(loader=like.loader, auto_reload=False, cache_size=-1, **options)
        self._sources: dict[str, str | None] = {}
        self.take(like)

    def take(self, other: Environment) -> None:
        """Add the filters, tests and globals of another environment."""
        for own, given in (
            (self.filters, other.filters),
            (self.tests, other.tests),
            (self.globals, other.globals),
        ):
            own.update({name: _recorded(name, value) for name, value in given.items()})

    def get_template(self, name: Any, *args: Any, **kwargs: Any) -> Template:
        included: tuple[str, ...] = ()
        try:
            template = super().get_template(name, *args, **kwargs)
            included = template.root_render_func.__globals__.get(_INCLUDED, ())
            return template
        finally:
            self._record(name, *included)

    def select_template(self, names: Any, *args: Any, **kwargs: Any) -> Template:
        """Record all names up to the existing template: creating one of them changes the result."""
        if isinstance(names, Undefined):
            return super().select_template(names, *args, **kwargs)
        for name in names:
            if isinstance(name, Template) or self.source_of(name) is not None:
                return self.get_template(name, *args, **kwargs)
            self._record(name)
        return super().select_template(names, *args, **kwargs)

    def source_of(self, name: str) -> str | None:
        """Return the text of a template; None if it does not exist."""
        if name not in self._sources:
            try:
                self._sources[name] = self.loader.get_source(self, name)[0] if self.loader else None
            except TemplateNotFound:
                self._sources[name] = None
        return self._sources[name]

    def _record(self, *names: object) -> None:
        if recorder := RECORDER.get():
            for name in names:
                if isinstance(name, str):
                    recorder.template(name)
