-- The queue and what becomes of messages. Times are microseconds since 1970. Every statement may run twice.

-- Messages that wait, are in the air or are held; each carries itself. Small and hot.
-- state: 0 queued, 1 sending, 2 uncertain.
CREATE TABLE IF NOT EXISTS tidings_queue (
    id UUID NOT NULL PRIMARY KEY,
    account VARCHAR(64) NOT NULL,
    sender VARCHAR(64) NOT NULL,
    shard INTEGER NOT NULL,
    state SMALLINT NOT NULL,
    lane SMALLINT NOT NULL,
    tenant VARCHAR(64) NOT NULL,
    not_before BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    begun_by VARCHAR(100),
    order_key VARCHAR(255),
    recipient VARCHAR(20) NOT NULL,
    text_hash BIGINT NOT NULL,
    accepted_at BIGINT NOT NULL,
    tagged BOOLEAN NOT NULL,
    failure VARCHAR,
    body VARCHAR NOT NULL);
CREATE INDEX IF NOT EXISTS tidings_queue_due ON tidings_queue (account, sender, shard, state, lane, tenant, not_before, id);
CREATE INDEX IF NOT EXISTS tidings_queue_next ON tidings_queue (account, sender, shard, state, not_before);
CREATE INDEX IF NOT EXISTS tidings_queue_open ON tidings_queue (state, account, recipient);
CREATE INDEX IF NOT EXISTS tidings_queue_order ON tidings_queue (tenant, order_key, id);
CREATE INDEX IF NOT EXISTS tidings_queue_person ON tidings_queue (recipient, text_hash, id);

-- Rows that could not be read, as they were, and why.
CREATE TABLE IF NOT EXISTS tidings_quarantine (
    id UUID NOT NULL PRIMARY KEY,
    account VARCHAR(64) NOT NULL,
    sender VARCHAR(64) NOT NULL,
    shard INTEGER NOT NULL,
    state SMALLINT NOT NULL,
    lane SMALLINT NOT NULL,
    tenant VARCHAR(64) NOT NULL,
    not_before BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    begun_by VARCHAR(100),
    order_key VARCHAR(255),
    recipient VARCHAR(20) NOT NULL,
    text_hash BIGINT NOT NULL,
    accepted_at BIGINT NOT NULL,
    tagged BOOLEAN NOT NULL,
    failure VARCHAR,
    body VARCHAR NOT NULL,
    reason VARCHAR(255) NOT NULL,
    moved_at BIGINT NOT NULL);

-- By which business names waiting messages are found.
CREATE TABLE IF NOT EXISTS tidings_tag (
    tenant VARCHAR(64) NOT NULL,
    name VARCHAR(64) NOT NULL,
    content VARCHAR(255) NOT NULL,
    accepted_at BIGINT NOT NULL,
    message UUID NOT NULL,
    PRIMARY KEY (message, name));
CREATE INDEX IF NOT EXISTS tidings_tag_accepted ON tidings_tag (tenant, name, content, accepted_at, message);

-- Idempotency keys, and what the message that owns each was asked to be.
CREATE TABLE IF NOT EXISTS tidings_key (
    tenant VARCHAR(64) NOT NULL,
    name VARCHAR(255) NOT NULL,
    message UUID NOT NULL,
    fingerprint VARCHAR(255) NOT NULL,
    PRIMARY KEY (tenant, name));

-- Which node owns which sender, until when, and how long nobody had owned it before.
CREATE TABLE IF NOT EXISTS tidings_sender (
    account VARCHAR(64) NOT NULL,
    sender VARCHAR(64) NOT NULL,
    shard INTEGER NOT NULL,
    node VARCHAR(100),
    ends_at BIGINT NOT NULL,
    rested BIGINT,
    PRIMARY KEY (account, sender, shard));

-- Messages that have left the queue.
CREATE TABLE IF NOT EXISTS tidings_message (
    id UUID NOT NULL PRIMARY KEY,
    tenant VARCHAR(64) NOT NULL,
    recipient VARCHAR(20) NOT NULL,
    text_hash BIGINT NOT NULL,
    lane SMALLINT NOT NULL,
    accepted_at BIGINT NOT NULL,
    status VARCHAR(20) NOT NULL,
    attempts INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    failure VARCHAR,
    changed_at BIGINT NOT NULL,
    body VARCHAR NOT NULL);
CREATE INDEX IF NOT EXISTS tidings_message_person ON tidings_message (recipient, text_hash, id);
CREATE INDEX IF NOT EXISTS tidings_message_ended ON tidings_message (status, changed_at, id);

-- What gates decided: a row for each time that they were asked.
CREATE TABLE IF NOT EXISTS tidings_decision (
    place BIGINT GENERATED ALWAYS AS IDENTITY (CACHE 1024) PRIMARY KEY,
    message UUID NOT NULL,
    records VARCHAR NOT NULL);
CREATE INDEX IF NOT EXISTS tidings_decision_message ON tidings_decision (message, place);

CREATE TABLE IF NOT EXISTS tidings_attempt (
    message UUID NOT NULL,
    number INTEGER NOT NULL,
    status VARCHAR(20) NOT NULL,
    sid VARCHAR(64),
    error_code INTEGER NOT NULL,
    cause VARCHAR,
    conflict BOOLEAN NOT NULL,
    due_at BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    poll_at BIGINT,
    poll_round INTEGER,
    PRIMARY KEY (message, number));
CREATE INDEX IF NOT EXISTS tidings_attempt_poll ON tidings_attempt (poll_at, message, number);

-- To which attempt each SID belongs.
CREATE TABLE IF NOT EXISTS tidings_sid (
    sid VARCHAR(64) NOT NULL PRIMARY KEY,
    message UUID NOT NULL,
    number INTEGER NOT NULL,
    listed BOOLEAN NOT NULL);

-- Everything that was seen of attempts, as it came.
CREATE TABLE IF NOT EXISTS tidings_observation (
    place BIGINT GENERATED ALWAYS AS IDENTITY (CACHE 1024) PRIMARY KEY,
    message UUID NOT NULL,
    number INTEGER NOT NULL,
    status VARCHAR(20) NOT NULL,
    sid VARCHAR(64),
    error_code INTEGER NOT NULL,
    cause VARCHAR,
    source VARCHAR(20) NOT NULL,
    at BIGINT NOT NULL,
    raw VARCHAR NOT NULL);
CREATE INDEX IF NOT EXISTS tidings_observation_attempt ON tidings_observation (message, number, place);

-- When to look for attempts in doubt.
CREATE TABLE IF NOT EXISTS tidings_doubt (
    message UUID NOT NULL,
    number INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    looks INTEGER NOT NULL,
    PRIMARY KEY (message, number));
CREATE INDEX IF NOT EXISTS tidings_doubt_due ON tidings_doubt (due_at, message, number);

-- Changes of counters. Rows are only added, so that nobody waits for a counter, and added up now and then.
CREATE TABLE IF NOT EXISTS tidings_counter (
    place BIGINT GENERATED ALWAYS AS IDENTITY (CACHE 1024) PRIMARY KEY,
    kind VARCHAR(20) NOT NULL,
    name VARCHAR(64) NOT NULL,
    delta BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS tidings_counter_name ON tidings_counter (kind, name);
