"""The one folder that a newsroom puts on its server: page, pictures and data, and whether it still holds."""
