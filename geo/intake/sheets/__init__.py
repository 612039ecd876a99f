"""Tables as their authors keep them, read cell by cell."""
