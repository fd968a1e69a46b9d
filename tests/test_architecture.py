"""The house keeps its shape: arrows point one way and the few forbidden things stay in their one place."""

import ast
import logging
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[1]
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def places(found: Callable[[ast.AST], bool], *folders: str) -> list[str]:
    """Where such syntax stands, as file:line."""
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources(*folders)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path)))
        if isinstance(node, ast.expr | ast.stmt) and found(node)
    ]


def names_in(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute):
            yield part.attr
        elif isinstance(part, ast.Name):
            yield part.id


@contextmanager
def loggers_as_they_are():
    """The linter sets logging up anew and switches off every logger there is."""
    known = logging.Logger.manager.loggerDict.values()
    loggers = [each for each in known if isinstance(each, logging.Logger)]
    disabled = [each.disabled for each in loggers]
    yield
    for each, was_disabled in zip(loggers, disabled, strict=True):
        each.disabled = was_disabled


def test_imports_follow_the_contracts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.chdir(ROOT)
    with loggers_as_they_are():
        status = lint_imports(no_cache=True)
    assert status == 0, capsys.readouterr().out


def test_package_files_hold_one_docstring_and_nothing_else():
    for path in sources("desktop", "db", "resources", "tests"):
        if path.name == "__init__.py":
            body = ast.parse(path.read_text(encoding="utf-8")).body
            assert len(body) == 1, path
            assert isinstance(body[0], ast.Expr), path


def test_every_package_of_source_files_has_its_package_file():
    folders = {path.parent for path in sources("desktop", "db")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_every_screen_is_named_in_the_contract_of_screens():
    contracts = CONFIGURATION["tool"]["importlinter"]["contracts"]
    named = next(" ".join(contract["layers"]) for contract in contracts if contract["id"] == "screens")
    packages = {path.parent.name for path in (ROOT / "desktop" / "ui").glob("*/__init__.py")}
    assert {package for package in packages if f"({package})" not in named} == set()


def test_no_signal_is_connected_to_a_lambda_or_partial():
    # PySide keeps such a callable, and with it the widget, alive for ever.
    def keeps_its_widget(node: ast.AST) -> bool:
        return (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "connect"
            and any(isinstance(part, ast.Lambda) or "partial" in names_in(part) for part in node.args)
        )

    assert places(keeps_its_widget, "desktop") == []


def test_nothing_runs_the_event_loop_in_the_middle_of_other_code():
    def is_nested_loop(node: ast.AST) -> bool:
        return isinstance(node, ast.Attribute) and node.attr in ("processEvents", "waitForReadyRead")

    assert places(is_nested_loop, "desktop") == []


def test_nobody_subclasses_a_thread():
    def is_thread_class(node: ast.AST) -> bool:
        bases = node.bases if isinstance(node, ast.ClassDef) else []
        return any(name in ("QThread", "Thread", "QRunnable") for base in bases for name in names_in(base))

    assert places(is_thread_class, "desktop", "db") == []


def test_every_pin_of_the_toolkit_is_exact():
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    wrong = [line for line in pins if line and not line.startswith("#") and "==" not in line]
    assert wrong == []
    assert "PySide6_Essentials==6.10.3" in pins
