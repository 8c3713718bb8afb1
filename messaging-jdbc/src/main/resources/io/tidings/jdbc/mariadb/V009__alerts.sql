-- Alerts: whether each stands, and which node watches it until when, so that of all nodes one tells what got worse. Times are
-- microseconds since 1970. Every statement may run twice.

CREATE TABLE IF NOT EXISTS tidings_alert (
    name VARCHAR(40) NOT NULL PRIMARY KEY,
    node VARCHAR(100) NOT NULL,
    ends_at BIGINT NOT NULL,
    stands INTEGER NOT NULL)
    ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_nopad_bin;
