"""Shekara in the browser: ``streamlit run app.py``, or ``shekara app``."""

from __future__ import annotations

from streamlit import runtime

from geo.app.main import main
from geo.app.turns import turn

# A process that this one starts reads the file again, under another name.
if __name__ == "__main__":
    if not runtime.exists():
        raise SystemExit("This is a page of Streamlit's: open it with `streamlit run app.py`, or `shekara app`.")
    with turn():
        main()
