"""Place names and coordinates, onto points with a precision."""
