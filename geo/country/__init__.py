"""Another country's folder, drawn from pinned public packages."""
