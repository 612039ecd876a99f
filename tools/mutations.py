"""Small faults of code: each operator, comparison, number and branch of a module, changed to its nearest neighbour."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Mutant", "mutants_of"]

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_WORKED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.Mult,
    ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.MatMult: ast.Mult,
}  # fmt: skip
_JOINED: dict[type[ast.boolop], type[ast.boolop]] = {ast.And: ast.Or, ast.Or: ast.And}


@dataclass(frozen=True)
class Mutant:
    """One change of one file.

    Attributes
    ----------
    path
        The file.
    line
        Where the change stands, from 1.
    old, new
        The expression before and after.
    start, end
        The bytes of the file that are replaced.
    """

    path: Path
    line: int
    old: str
    new: str
    start: int
    end: int

    def apply(self, text: bytes) -> bytes:
        """The file with the change."""
        return text[: self.start] + self.new.encode() + text[self.end :]


def mutants_of(path: Path) -> list[Mutant]:
    """Every mutant of a module, in the order of its text.

    Left out is what can't change what the code does: annotations, docstrings and other text, ``__all__``, what is only
    for type checkers.
    """
    text = path.read_bytes()
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    made = []
    for node, changed in _changes(ast.parse(text)):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        # In brackets, so that what stands around it binds as before.
        old, new = ast.unparse(node), ast.unparse(changed)
        made.append(Mutant(path, node.lineno, old, f"({new})" if isinstance(node, ast.expr) else new, start, end))
    return sorted(made, key=lambda mutant: (mutant.start, mutant.end, mutant.new))


def _changes(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, ast.AST]]:
    """Each place and what stands there instead."""
    if isinstance(node, ast.expr | ast.stmt):
        yield from ((node, changed) for changed in _neighbours(node))
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_left_out(child):
                yield from _changes(child)


def _is_left_out(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets)
    # The pieces of a text with values have no place of their own in the file.
    return isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom)


def _neighbours(node: ast.expr | ast.stmt) -> Iterator[ast.AST]:  # noqa: C901, PLR0912  (a table of cases)
    match node:
        case ast.Compare(ops=ops):
            for place, op in enumerate(ops):
                changed = copy.deepcopy(node)
                changed.ops[place] = _COMPARED[type(op)]()
                yield changed
        case ast.BinOp(op=op) if type(op) in _WORKED and not _is_text(node):
            yield ast.BinOp(node.left, _WORKED[type(op)](), node.right)
        case ast.BoolOp(op=op):
            yield ast.BoolOp(_JOINED[type(op)](), node.values)
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
            yield node.operand
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int()):
            yield ast.Constant(node.value + 1)
        case ast.Constant(value=float()):
            yield ast.Constant(node.value * 1.5 if node.value else 1.0)
        case ast.IfExp():
            yield ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
        case ast.AugAssign(op=op) if type(op) in _WORKED:
            yield ast.AugAssign(node.target, _WORKED[type(op)](), node.value)
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case ast.Call(func=ast.Name(id="min" | "max" as name)):
            changed = copy.deepcopy(node)
            changed.func = ast.Name({"min": "max", "max": "min"}[name])
            yield changed
        case ast.Call(func=ast.Name(id="any" | "all" as name)):
            changed = copy.deepcopy(node)
            changed.func = ast.Name({"any": "all", "all": "any"}[name])
            yield changed


def _is_text(node: ast.BinOp) -> bool:
    """Whether texts are put together: to subtract them is no fault that anybody would write."""
    sides = (node.left, node.right)
    return any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in sides
    )
