-- What nodes share: who is there, limits, the environment, recurring messages. Times are microseconds since 1970.
-- Every statement may run twice.

-- Nodes, since when each is there without a break, and until when if it does not call again.
CREATE TABLE IF NOT EXISTS tidings_node (
    node VARCHAR(100) NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL,
    ends_at BIGINT NOT NULL);

-- Buckets of rates: what was in each, when, and from when on it is full, so that it may be forgotten.
CREATE TABLE IF NOT EXISTS tidings_limit (
    name VARCHAR(255) NOT NULL PRIMARY KEY,
    level DOUBLE PRECISION NOT NULL,
    level_at BIGINT NOT NULL,
    full_at BIGINT NOT NULL);

-- Parts of slots that all nodes share. The row without a node is locked by whoever changes the parts of a name.
CREATE TABLE IF NOT EXISTS tidings_slot (
    name VARCHAR(255) NOT NULL,
    node VARCHAR(100) NOT NULL,
    slots INTEGER NOT NULL,
    ends_at BIGINT NOT NULL,
    PRIMARY KEY (name, node));

-- Which environment these tables belong to: one row, with id 1.
CREATE TABLE IF NOT EXISTS tidings_stamp (
    id INTEGER NOT NULL PRIMARY KEY,
    environment VARCHAR(40) NOT NULL,
    epoch BIGINT NOT NULL);

-- Messages that are sent again and again.
CREATE TABLE IF NOT EXISTS tidings_recurring (
    tenant VARCHAR(64) NOT NULL,
    name VARCHAR(100) NOT NULL,
    state VARCHAR(20) NOT NULL,
    next_at BIGINT NOT NULL,
    body VARCHAR NOT NULL,
    PRIMARY KEY (tenant, name));
CREATE INDEX IF NOT EXISTS tidings_recurring_due ON tidings_recurring (state, next_at);
