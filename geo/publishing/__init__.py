"""What a newsroom puts on its server: one folder with page, pictures and data, and whether it still holds."""
