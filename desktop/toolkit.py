"""Brings Qt in without a habit of its Python side that costs a window a third of its start."""

# PySide 6.10 reads the source of each module that is imported, to look for its own name in it: the rare
# `from __feature__ import snake_case` changes modules that use Qt only. Nothing here is written so.
_HABIT = "_mod_uses_pyside"


def bring_in() -> None:
    """Import the core of Qt; call before anything else of it is imported. Harmless when called again."""
    import PySide6.QtCore  # noqa: F401 - the habit comes with it

    try:
        from shibokensupport import feature  # type: ignore[import-not-found]
    except ImportError:
        return
    if _HABIT in vars(feature):
        vars(feature)[_HABIT] = _uses_no_feature


def _uses_no_feature(_module: object) -> bool:
    return False
