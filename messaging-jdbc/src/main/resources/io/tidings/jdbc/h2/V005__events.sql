-- What listeners are still to be told. A row leaves when it was told. Times are microseconds since 1970.
-- Every statement may run twice.

CREATE TABLE IF NOT EXISTS tidings_event (
    place BIGINT GENERATED ALWAYS AS IDENTITY (CACHE 1024) PRIMARY KEY,
    kind VARCHAR(40) NOT NULL,
    subject VARCHAR(120) NOT NULL,
    at BIGINT NOT NULL,
    facts VARCHAR NOT NULL,
    state SMALLINT NOT NULL,
    claims INTEGER NOT NULL,
    due_at BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS tidings_event_subject ON tidings_event (subject, place);
CREATE INDEX IF NOT EXISTS tidings_event_state ON tidings_event (state, place);
