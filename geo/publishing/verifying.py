"""Verify: work a published folder out anew from its inputs, and say what differs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import Fault, InputError, ShekaraError
from geo.publishing.descriptor import DESCRIPTOR, describe_inputs, describe_versions, digest_of
from geo.publishing.folder import PublishOptions, make_folder, read_descriptor, selection_of
from geo.publishing.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["verify"]


def verify(
    folder: str | Path,
    *,
    incidents: str | Path | None = None,
    borders: str | Path | None = None,
    brand: str | Path | None = None,
) -> list[str]:
    """Work a folder out anew and compare it with what was published.

    Parameters
    ----------
    folder
        As :func:`geo.publish` wrote it.
    incidents, borders, brand
        The inputs that were the publisher's own; the built-in ones are at hand.

    Returns
    -------
    list of str
        What differs, a line each: inputs, versions where anything else differs, files as they lie there, files as
        they come out anew. Empty when all is as published.

    Raises
    ------
    InputError
        When the folder wasn't published, or an input of the publisher's own is missing.
    """
    home = Path(folder)
    descriptor = read_descriptor(home)
    made = descriptor["shekara"]
    paths = [None if path is None else Path(path) for path in (incidents, borders, brand)]
    try:
        options = PublishOptions(**made["options"])
        request = Request(selection_of(made["filters"]), paths[0], paths[1], private=False, terms=options.licence)
        published = {resource["path"]: resource["hash"] for resource in descriptor["resources"]}
        inputs = {one["name"]: (one["hash"], one["own"]) for one in made["inputs"]}
        given = {str(name) for name in made.get("given", ())}
        json.dumps(made, ensure_ascii=False).encode()  # half of a surrogate pair is no text
    except (ShekaraError, TypeError, ValueError, KeyError) as reason:
        raise InputError(
            [Fault(str(home / DESCRIPTOR), None, "shekara", str(reason)[:120], "as it was written")]
        ) from None
    here = {one["name"]: (one["hash"], one["own"]) for one in describe_inputs(request, paths[2])}
    _require_own(home, inputs, here)
    anew = make_folder(request, options, paths[2], _text_of(home / "feed.xml") if "feed.xml" in given else None)
    differences = [*_other_inputs(inputs, here), *_other_files(home, published, anew, given)]
    stated = json.dumps(descriptor, sort_keys=True)
    if not differences and stated != json.dumps(json.loads(anew[DESCRIPTOR]) | {"shekara": made}, sort_keys=True):
        differences.append(f"{DESCRIPTOR}: says something else of the folder than what comes out anew")
    return differences + (_other_versions(made.get("versions", {})) if differences else [])


def _require_own(home: Path, inputs: Mapping[str, Any], here: Mapping[str, Any]) -> None:
    missing = [name for name, (_, own) in inputs.items() if own and not here.get(name, ("", False))[1]]
    if missing:
        expected = "the publisher's own inputs: --incidents, --borders or --brand with files of these names"
        raise InputError([Fault(str(home / DESCRIPTOR), None, "inputs", name, expected) for name in missing])


def _other_inputs(inputs: Mapping[str, Any], here: Mapping[str, Any]) -> Iterator[str]:
    for name in dict.fromkeys([*inputs, *here]):
        if name not in here:
            yield f"input {name}: was used, is not here"
        elif name not in inputs:
            yield f"input {name}: is here, was not used"
        elif inputs[name][0] != here[name][0]:
            yield f"input {name}: another content than the one that was published"


def _other_files(home: Path, published: Mapping[str, str], anew: Mapping[str, bytes], given: set[str]) -> Iterator[str]:
    for name, digest in published.items():
        file = home / name
        if not file.is_file():
            yield f"{name}: is missing"
        elif digest_of(file.read_bytes()) != digest:
            yield f"{name}: has been changed since it was published"
        if name not in given and name in anew and digest_of(anew[name]) != digest:
            yield f"{name}: comes out otherwise when worked out anew"
    for name in sorted(set(anew) ^ {*published, DESCRIPTOR}):
        yield f"{name}: {'was not published' if name in anew else 'is not made any more'}"


def _other_versions(versions: Mapping[str, str]) -> list[str]:
    return [
        f"version of {name}: published with {versions.get(name, 'none')}, here {here}"
        for name, here in describe_versions().items()
        if versions.get(name) != here
    ]


def _text_of(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace") if file.is_file() else ""
