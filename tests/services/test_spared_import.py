"""A module that is stood in for during an import is itself again afterwards, for everybody."""

import subprocess
import sys

USED = """
import sys
from desktop.services.scheduler import AlarmScheduler
names = ("asyncio", "ssl", "multiprocessing", "concurrent.futures.process", "email")
print(*(name in sys.modules for name in names))
import importlib.metadata
print(importlib.metadata.version("APScheduler")[0])
import asyncio, multiprocessing
from concurrent.futures import ProcessPoolExecutor
print(asyncio.Future.__module__, multiprocessing.Process.__module__, ProcessPoolExecutor.__module__)
"""
MEANWHILE = """
from desktop.services.spared_import import spared
with spared({"fractions": {"given": 1}}):
    import fractions
    print(fractions.given, fractions.Fraction(1, 2))
import fractions as again
print(again.Fraction is fractions.Fraction)
"""


def said(code: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_scheduler_brings_no_processes_and_no_asyncio_along():
    assert said(USED)[:5] == ["False"] * 5


def test_what_was_spared_can_be_imported_later():
    assert said(USED)[5:] == ["3", "_asyncio", "multiprocessing.context", "concurrent.futures.process"]


def test_who_wants_more_meanwhile_gets_the_real_thing():
    assert said(MEANWHILE) == ["1", "1/2", "True"]
