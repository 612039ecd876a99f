"""The border: its lines, cells, segments and their names."""
