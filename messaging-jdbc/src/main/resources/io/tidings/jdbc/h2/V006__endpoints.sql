-- Outgoing webhooks: what endpoints are still to be told, a row each, and how they are doing. Times are microseconds since 1970.
-- Every statement may run twice.

CREATE TABLE IF NOT EXISTS tidings_endpoint (
    name VARCHAR(64) PRIMARY KEY,
    failing_since BIGINT,
    disabled VARCHAR);
CREATE TABLE IF NOT EXISTS tidings_delivery (
    place BIGINT GENERATED ALWAYS AS IDENTITY (CACHE 1024) PRIMARY KEY,
    endpoint VARCHAR(64) NOT NULL,
    event BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    subject VARCHAR(120) NOT NULL,
    at BIGINT NOT NULL,
    facts VARCHAR NOT NULL,
    state SMALLINT NOT NULL,
    claims INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    added_at BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS tidings_delivery_due ON tidings_delivery (endpoint, state, due_at);
CREATE INDEX IF NOT EXISTS tidings_delivery_subject ON tidings_delivery (subject);
CREATE INDEX IF NOT EXISTS tidings_delivery_added ON tidings_delivery (added_at);
