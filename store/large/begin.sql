-- Empty tables beside those that stand: readers see nothing of them before they are whole.
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS btree_gist;
DROP SCHEMA IF EXISTS large_new CASCADE;
CREATE SCHEMA large_new;

CREATE TABLE large_new.feature (
    number bigint NOT NULL,            -- in the order of the files: part × store.large.loading.LARGEST_PART + row
    id text NOT NULL,
    keys text[] NOT NULL,              -- 'zone:panxi', 'layer:park' …: what the choices of a filter ask for
    names text NOT NULL,               -- id, name and other names, in the one spelling of layers.query.search.fold
    words text[] NOT NULL,             -- the pairs of letters in `names`, and each letter
    properties json NOT NULL,          -- those of the exported feature, with its citations
    geom geometry(Geometry, 4326)      -- NULL where nothing is drawn
);
ALTER TABLE large_new.feature ALTER properties SET COMPRESSION lz4, ALTER geom SET COMPRESSION lz4;

-- What is drawn, without the citations: of this the tiles are made.
CREATE UNLOGGED TABLE large_new.staged (
    number bigint NOT NULL,
    id text NOT NULL,
    name text,
    layer text,
    kind text,
    status text,
    precision text,
    basis text,
    keys text[] NOT NULL,
    drawn geometry(Geometry, 3857) NOT NULL,
    coarse geometry(Geometry, 3857) NOT NULL  -- for the levels from which a state is seen: store.large.loading.COARSE_M
);
