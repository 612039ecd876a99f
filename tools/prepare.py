"""Renew data/prepared.jsonl, what the built-in data give: the border in cells, the placed records, their estimate."""

from __future__ import annotations

from geo.builtin.dataset import prepare
from geo.builtin.prepared import prepared_path, to_text
from geo.files.tables import write_text


def main() -> None:
    """Write the file."""
    write_text(prepared_path(), to_text(prepare()))
    print(prepared_path())


if __name__ == "__main__":
    main()
