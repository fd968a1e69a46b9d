"""Looks through an evidence bundle: is everything in it as it was when it was written?"""

import hashlib
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from desktop.domain.bundle import MANIFEST, TIMELINE, faults_of_events
from desktop.domain.errors import DeskError

_LARGEST_TEXT = 256 * 1024 * 1024
_CHUNK = 1 << 20
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError)


def verify_bundle(path: Path) -> tuple[str, ...]:
    """A sentence for each thing that was altered, is missing or was added; none when all of it holds.

    Raises: DeskError when it is no bundle at all.
    """
    try:
        with ZipFile(path) as archive:
            return tuple(_faults(archive))
    except OSError as fault:
        raise DeskError(f"{path.name} cannot be read: {fault.strerror or fault}.") from fault
    except _BROKEN as fault:
        raise DeskError(f"{path.name} is no evidence bundle.", hint="Choose another file.") from fault


def _faults(archive: ZipFile) -> list[str]:
    manifest = json.loads(_text(archive, MANIFEST))
    listed = {entry["name"]: entry for entry in manifest["files"]}
    names = archive.namelist()
    faults = [
        f"{name} was added." for name in dict.fromkeys(names) if name not in listed and name != MANIFEST
    ]
    faults += [f"{name} stands there twice." for name in dict.fromkeys(names) if names.count(name) > 1]
    for name, entry in listed.items():
        if name not in names:
            faults.append(f"{name} is missing.")
        elif not _is_as_listed(archive, name, entry):
            faults.append(f"{name} was altered.")
    if TIMELINE in names:
        faults += _timeline_faults(archive)
    elif TIMELINE not in listed:
        faults.append(f"{TIMELINE} is missing.")
    return faults


def _timeline_faults(archive: ZipFile) -> list[str]:
    try:
        events = json.loads(_text(archive, TIMELINE))
    except _BROKEN:
        return []  # said already: it is not as listed
    return faults_of_events(events) if isinstance(events, list) else []


def _is_as_listed(archive: ZipFile, name: str, entry: Mapping[str, Any]) -> bool:
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                if size > entry["size"]:
                    return False  # however far it would unfold
    except _BROKEN:
        return False
    return size == int(entry["size"]) and digest.hexdigest() == str(entry["sha256"])


def _text(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        return file.read(_LARGEST_TEXT)
