"""What there is to read: files, folders, glob patterns and standard input."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from policytext.errors import PolicytextError, UnreadableInputError
from policytext.ingest.kinds import SUFFIXES

Report = Callable[[PolicytextError], None]

STDIN = "-"
NO_PERMISSION = ("may not be opened", "give yourself the right to read it")


class Input(NamedTuple):
    """One thing to read: `path`, or standard input where it is None; `name` is its address in records and errors."""

    name: str
    path: Path | None
    where: str


def find_inputs(paths: Iterable[str | Path], report: Report) -> Iterator[Input]:
    """Yield what the paths name, folders and patterns in sorted order, each file once.

    A file is named as it was given, a file in a folder by its place below it; where two folders hold files of the same
    name, the later is named by its whole path. What names nothing is reported.
    """
    files: set[str] = set()
    names: set[str] = set()
    for path in map(str, paths):
        try:
            for found in _expand(path, report):
                identity = os.path.realpath(found.path) if found.path else STDIN
                if identity not in files:
                    files.add(identity)
                    unique = found._replace(name=found.where) if found.name in names else found
                    names.add(unique.name)
                    yield unique
        except UnreadableInputError as error:
            report(error)
        except PermissionError as error:  # a folder above the file may be what is closed
            report(UnreadableInputError(*NO_PERMISSION, error.filename))


def _expand(path: str, report: Report) -> Iterator[Input]:
    if path == STDIN:
        yield Input(STDIN, None, "standard input")
    elif Path(path).is_dir():
        yield from _in_folder(Path(path), report)
    elif glob.has_magic(path) and not os.path.lexists(path):
        yield from _matching(path)
    else:
        yield _file(Path(path))


def _file(path: Path) -> Input:
    return Input(path.as_posix(), path, str(path))


def _in_folder(folder: Path, report: Report) -> Iterator[Input]:
    closed: list[OSError] = []
    empty = True
    for path in _walk(folder, closed.append):
        empty = False
        yield Input(path.relative_to(folder).as_posix(), path, str(path))
    for error in closed:
        report(UnreadableInputError(*NO_PERMISSION, error.filename))
    if empty and not closed:
        cure = f"put {', '.join(sorted(suffix for suffix in SUFFIXES if suffix))} files into it or name a file"
        raise UnreadableInputError("the folder holds no file that can be read", cure, str(folder))


def _walk(folder: Path, refuse: Callable[[OSError], None]) -> Iterator[Path]:
    for root, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                yield Path(root, name)


def _matching(pattern: str) -> Iterator[Input]:
    found = [Path(match) for match in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207 - Path.glob knows no absolute pattern
    files = [path for path in found if path.is_file()]
    if not files:
        raise UnreadableInputError("the pattern matches no file", "check the spelling, or name a folder", pattern)
    yield from map(_file, files)
