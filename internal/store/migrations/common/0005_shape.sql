-- Lines on the map: communities, grids and buildings. Degrees of CGCS2000
-- (EPSG:4490), longitude first.

-- +goose Up
CREATE TABLE shape (
    about    TEXT {{.c}} PRIMARY KEY,        -- a place code, or the id of a building
    layer    TEXT NOT NULL CHECK (layer IN ('street', 'community', 'grid', 'building')),
    place    TEXT {{.c}} NOT NULL,
    west     DOUBLE PRECISION NOT NULL,
    south    DOUBLE PRECISION NOT NULL,
    east     DOUBLE PRECISION NOT NULL,
    north    DOUBLE PRECISION NOT NULL,
    lon      DOUBLE PRECISION NOT NULL,      -- a point inside
    lat      DOUBLE PRECISION NOT NULL,
    geometry TEXT NOT NULL,                  -- GeoJSON
    version  INTEGER NOT NULL
);
CREATE INDEX shape_street ON shape (layer, substr(place, 1, 9), about);
CREATE INDEX shape_place ON shape (layer, place, about);

-- +goose Down
DROP TABLE shape;
