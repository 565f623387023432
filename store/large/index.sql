-- Indices of all features, and the numbers of each choice.
SET work_mem = '256MB';
SET maintenance_work_mem = '512MB';
SET jit = off;
SET search_path TO large_new, public;

ALTER TABLE feature ADD PRIMARY KEY (number);
CREATE UNIQUE INDEX ON feature (id);
CREATE INDEX ON feature USING gist (geom);
CREATE INDEX ON feature USING gin (keys) WITH (fastupdate = off);
CREATE INDEX ON feature USING gin (words) WITH (fastupdate = off);

CREATE TABLE sort AS SELECT keys, count(*) AS number FROM feature GROUP BY keys;
