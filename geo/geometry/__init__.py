"""Lines and points on the WGS84 ellipsoid: chords, geodesics, candidate tiles, the nearest line, regions."""
