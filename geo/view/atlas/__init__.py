"""The atlas: everything the map needs, packed for the browser."""
