"""Imports a library without what it imports and is never asked for here."""

import importlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.machinery import PathFinder
from threading import RLock
from types import ModuleType
from typing import Any

_lock = RLock()


class _StandIn(ModuleType):
    """Gives what it was given; whoever asks for anything else gets it of the real module."""

    def __init__(self, name: str, given: Mapping[str, Any]) -> None:
        super().__init__(name)
        vars(self).update(given)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 anything a module can have
        if name == "__path__":  # each `from ... import` asks for it, to know whether there are parts
            return _path_of(self.__name__)
        with _lock:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def spared(modules: Mapping[str, Mapping[str, Any]]) -> Iterator[None]:
    """While it lasts, let these modules, by name, be stood in for by the few things given.

    Modules that are loaded already stay. Another thread that imports one of them meanwhile gets the real
    thing by way of the one that stands in.
    """
    stand_ins = {name: _StandIn(name, given) for name, given in modules.items() if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        with _lock:
            for name, stand_in in stand_ins.items():
                if sys.modules.get(name) is stand_in:
                    del sys.modules[name]
                    _forget(name, stand_in)


def _path_of(name: str) -> list[str]:
    spec = PathFinder.find_spec(name) if "." not in name else None
    if spec is None or spec.submodule_search_locations is None:
        raise AttributeError("__path__")
    return list(spec.submodule_search_locations)


def _forget(name: str, stand_in: ModuleType) -> None:
    """Take it out of the package it is in as well."""
    package, _, last = name.rpartition(".")
    holder = sys.modules.get(package)
    if holder is not None and vars(holder).get(last) is stand_in:
        delattr(holder, last)
