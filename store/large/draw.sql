-- What is drawn, with the level from which each feature is.
SET work_mem = '256MB';
SET maintenance_work_mem = '512MB';
SET jit = off;
SET search_path TO large_new, public;

-- A tile has 16 × 16 cells; a feature is drawn from the first level at which it is one of the four of its cell that come
-- first in an order that means nothing, so that what is drawn is a fair part of all. What is left over is drawn from 13.
CREATE TABLE drawn AS
WITH place AS (
    SELECT number, ST_Centroid(ST_Envelope(drawn)) AS at FROM staged
), cell AS (
    SELECT number, (ST_X(at) / 40075016.68557849 + 0.5) * 16 AS x, (0.5 - ST_Y(at) / 40075016.68557849) * 16 AS y FROM place
), ranked AS (
    SELECT number, z, row_number() OVER (PARTITION BY z, floor(x * 2 ^ z)::int, floor(y * 2 ^ z)::int ORDER BY hashint8(number), number) AS rank
    FROM cell, generate_series(0, 12) AS z
), level AS (
    SELECT number, min(z) AS zoom FROM ranked WHERE rank <= 4 GROUP BY number
)
SELECT coalesce(zoom, 13)::smallint AS zoom, staged.* FROM staged LEFT JOIN level USING (number)
ORDER BY zoom, drawn;
DROP TABLE staged;
ALTER TABLE drawn ADD PRIMARY KEY (number);
CREATE INDEX ON drawn USING gist (zoom, drawn);
CREATE INDEX ON drawn USING gin (keys) WITH (fastupdate = off);
