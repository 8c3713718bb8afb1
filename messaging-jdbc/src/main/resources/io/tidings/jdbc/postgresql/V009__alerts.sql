-- Alerts: whether each stands, and which node watches it until when, so that of all nodes one tells what got worse. Times are
-- microseconds since 1970. Every statement may run twice.

CREATE TABLE IF NOT EXISTS tidings_alert (
    name VARCHAR(40) COLLATE "C" NOT NULL PRIMARY KEY,
    node VARCHAR(100) COLLATE "C" NOT NULL,
    ends_at BIGINT NOT NULL,
    stands INTEGER NOT NULL)
    WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 200);
