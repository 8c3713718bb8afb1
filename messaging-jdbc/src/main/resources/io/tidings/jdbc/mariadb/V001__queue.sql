-- The queue and what becomes of messages. Times are microseconds since 1970. Every statement may run twice.

-- Messages that wait, are in the air or are held; each carries itself. Small and hot.
-- state: 0 queued, 1 sending, 2 uncertain.
CREATE TABLE IF NOT EXISTS tidings_queue (
    id BINARY(16) NOT NULL PRIMARY KEY,
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
    failure TEXT,
    body MEDIUMTEXT NOT NULL,
    INDEX queue_due (account, sender, shard, state, lane, tenant, not_before, id),
    INDEX queue_next (account, sender, shard, state, not_before),
    INDEX queue_open (state, account, recipient),
    INDEX queue_order (tenant, order_key, id),
    INDEX queue_person (recipient, text_hash, id)) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE = InnoDB;

-- Rows that could not be read, as they were, and why.
CREATE TABLE IF NOT EXISTS tidings_quarantine (
    id BINARY(16) NOT NULL PRIMARY KEY,
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
    failure TEXT,
    body MEDIUMTEXT NOT NULL,
    reason VARCHAR(255) NOT NULL,
    moved_at BIGINT NOT NULL) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE = InnoDB;

-- By which business names waiting messages are found.
CREATE TABLE IF NOT EXISTS tidings_tag (
    tenant VARCHAR(64) NOT NULL,
    name VARCHAR(64) NOT NULL,
    content VARCHAR(255) NOT NULL,
    accepted_at BIGINT NOT NULL,
    message BINARY(16) NOT NULL,
    PRIMARY KEY (message, name),
    INDEX tag_accepted (tenant, name, content, accepted_at, message)) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE = InnoDB;

-- Idempotency keys, and what the message that owns each was asked to be.
CREATE TABLE IF NOT EXISTS tidings_key (
    tenant VARCHAR(64) NOT NULL,
    name VARCHAR(255) NOT NULL,
    message BINARY(16) NOT NULL,
    fingerprint VARCHAR(255) NOT NULL,
    PRIMARY KEY (tenant, name)) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE = InnoDB;

-- Which node owns which sender, until when, and how long nobody had owned it before.
CREATE TABLE IF NOT EXISTS tidings_sender (
    account VARCHAR(64) NOT NULL,
    sender VARCHAR(64) NOT NULL,
    shard INTEGER NOT NULL,
    node VARCHAR(100),
    ends_at BIGINT NOT NULL,
    rested BIGINT,
    PRIMARY KEY (account, sender, shard)) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE = InnoDB;

-- Messages that have left the queue.
CREATE TABLE IF NOT EXISTS tidings_message (
    id BINARY(16) NOT NULL PRIMARY KEY,
    tenant VARCHAR(64) NOT NULL,
    recipient VARCHAR(20) NOT NULL,
    text_hash BIGINT NOT NULL,
    lane SMALLINT NOT NULL,
    accepted_at BIGINT NOT NULL,
    status VARCHAR(20) NOT NULL,
    attempts INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    failure TEXT,
    changed_at BIGINT NOT NULL,
    body MEDIUMTEXT NOT NULL,
    INDEX message_person (recipient, text_hash, id),
    INDEX message_ended (status, changed_at, id)) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE = InnoDB;

-- What gates decided: a row for each time that they were asked.
CREATE TABLE IF NOT EXISTS tidings_decision (
    place BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    message BINARY(16) NOT NULL,
    records TEXT NOT NULL,
    INDEX decision_message (message, place)) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS tidings_attempt (
    message BINARY(16) NOT NULL,
    number INTEGER NOT NULL,
    status VARCHAR(20) NOT NULL,
    sid VARCHAR(64),
    error_code INTEGER NOT NULL,
    cause TEXT,
    conflict BOOLEAN NOT NULL,
    due_at BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    poll_at BIGINT,
    poll_round INTEGER,
    PRIMARY KEY (message, number),
    INDEX attempt_poll (poll_at, message, number)) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE = InnoDB;

-- To which attempt each SID belongs.
CREATE TABLE IF NOT EXISTS tidings_sid (
    sid VARCHAR(64) NOT NULL PRIMARY KEY,
    message BINARY(16) NOT NULL,
    number INTEGER NOT NULL,
    listed BOOLEAN NOT NULL) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE = InnoDB;

-- Everything that was seen of attempts, as it came.
CREATE TABLE IF NOT EXISTS tidings_observation (
    place BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    message BINARY(16) NOT NULL,
    number INTEGER NOT NULL,
    status VARCHAR(20) NOT NULL,
    sid VARCHAR(64),
    error_code INTEGER NOT NULL,
    cause TEXT,
    source VARCHAR(20) NOT NULL,
    at BIGINT NOT NULL,
    raw TEXT NOT NULL,
    INDEX observation_attempt (message, number, place)) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE = InnoDB;

-- When to look for attempts in doubt.
CREATE TABLE IF NOT EXISTS tidings_doubt (
    message BINARY(16) NOT NULL,
    number INTEGER NOT NULL,
    due_at BIGINT NOT NULL,
    looks INTEGER NOT NULL,
    PRIMARY KEY (message, number),
    INDEX doubt_due (due_at, message, number)) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE = InnoDB;

-- Changes of counters. Rows are only added, so that nobody waits for a counter, and added up now and then.
CREATE TABLE IF NOT EXISTS tidings_counter (
    place BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    kind VARCHAR(20) NOT NULL,
    name VARCHAR(64) NOT NULL,
    delta BIGINT NOT NULL,
    INDEX counter_name (kind, name)) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE = InnoDB;
