"""What a text takes back: finds that it denies, only supposes or plays, trials that set free, searches in vain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.drafting.lexicon import Shapes, says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.drafting.scenes import Scene

__all__ = ["take_back"]

_SHAPES = Shapes("denial")


def take_back(scenes: Sequence[Scene]) -> list[Scene]:
    """The scenes, those as background, and without counts, that tell what a text itself takes back.

    Parameters
    ----------
    scenes
        All sentences of an article, in its order.
    """
    void: set[int] = set()
    for scene in scenes:
        if _is_supposed(scene):
            void.add(scene.number)
        elif _is_denied(scene) or any(says(scene.text, "denials", name, "words") for name in ("acquitted", "played")):
            void.update(one.number for one in scenes if abs(one.paragraph - scene.paragraph) <= 1)
        elif _is_in_vain(scene, scenes):
            void.update(one.number for one in scenes if one.paragraph == scene.paragraph and one.number <= scene.number)
    return [replace(one, background=True, counts=()) if one.number in void else one for one in scenes]


def _is_denied(scene: Scene) -> bool:
    """Whether a sentence says that what was told is not so; a driver who denies a charge denies no find."""
    return says(scene.text, "denials", "denied", "words") and not says(scene.text, "denials", "denied", "persons")


def _is_supposed(scene: Scene) -> bool:
    """Whether a sentence only says what would be: "had officers found it, he would have faced 15 years"."""
    return says(scene.text, "denials", "supposed", "words") or _SHAPES.supposed.search(scene.text) is not None


def _is_in_vain(scene: Scene, scenes: Sequence[Scene]) -> bool:
    """Whether a search found nothing, and no sentence of its paragraph tells of more: "but under the onions"."""
    if not says(scene.text, "denials", "nothing", "words"):
        return False
    beside = [one for one in scenes if one.paragraph == scene.paragraph]
    rest = [one for one in beside if one.number >= scene.number]
    return not any(one.outcomes for one in beside) and not any(_SHAPES.yet.search(one.text) for one in rest)
