-- What is told of all; then all of it takes its place at once.
SET search_path TO large_new, public;

CREATE TABLE about AS
SELECT
    left(md5(gen_random_uuid()::text), 12) AS version,
    (SELECT count(*) FROM feature) AS number,
    ARRAY[ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)] AS bounds
FROM (SELECT ST_Extent(geom) AS box FROM feature) AS extent;

ANALYZE feature, drawn, sort;

BEGIN;
DROP SCHEMA IF EXISTS large CASCADE;
ALTER SCHEMA large_new RENAME TO large;
COMMIT;
