-- What listeners are still to be told. A row leaves when it was told. Times are microseconds since 1970.
-- Every statement may run twice.

CREATE TABLE IF NOT EXISTS tidings_event (
    place BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind VARCHAR(40) COLLATE "C" NOT NULL,
    subject VARCHAR(120) COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    facts TEXT NOT NULL,
    state SMALLINT NOT NULL,
    claims INTEGER NOT NULL,
    due_at BIGINT NOT NULL)
    WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX IF NOT EXISTS tidings_event_subject ON tidings_event (subject, place);
CREATE INDEX IF NOT EXISTS tidings_event_state ON tidings_event (state, place);
