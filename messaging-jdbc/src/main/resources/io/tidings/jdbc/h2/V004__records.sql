-- What people look up, count, clean and set. Times are microseconds since 1970. Every statement may run twice.

-- Orders in which messages are searched and cleaned.
CREATE INDEX IF NOT EXISTS tidings_queue_accepted ON tidings_queue (tenant, accepted_at, id);
CREATE INDEX IF NOT EXISTS tidings_message_accepted ON tidings_message (tenant, accepted_at, id);
CREATE INDEX IF NOT EXISTS tidings_message_changed ON tidings_message (tenant, changed_at, id);
CREATE INDEX IF NOT EXISTS tidings_message_recipient ON tidings_message (tenant, recipient, accepted_at, id);
CREATE INDEX IF NOT EXISTS tidings_message_age ON tidings_message (changed_at, id);

-- By which business names messages are found that have left the queue.
CREATE TABLE IF NOT EXISTS tidings_message_tag (
    tenant VARCHAR(64) NOT NULL,
    name VARCHAR(64) NOT NULL,
    content VARCHAR(255) NOT NULL,
    accepted_at BIGINT NOT NULL,
    message UUID NOT NULL,
    PRIMARY KEY (message, name));
CREATE INDEX IF NOT EXISTS tidings_message_tag_accepted ON tidings_message_tag (tenant, name, content, accepted_at, message);

-- Changes of counters: rows are only added, so that nobody waits for a counter, and moved into the sums now and then.
CREATE TABLE IF NOT EXISTS tidings_statistic_change (
    place BIGINT GENERATED ALWAYS AS IDENTITY (CACHE 1024) PRIMARY KEY,
    tenant VARCHAR(64) NOT NULL,
    hour_at BIGINT NOT NULL,
    category VARCHAR(20) NOT NULL,
    channel VARCHAR(20) NOT NULL,
    template VARCHAR(64) NOT NULL,
    measure VARCHAR(20) NOT NULL,
    name VARCHAR(16) NOT NULL,
    amount BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS tidings_statistic_change_hour ON tidings_statistic_change (tenant, hour_at);

-- The sums. No template is an empty name.
CREATE TABLE IF NOT EXISTS tidings_statistic (
    tenant VARCHAR(64) NOT NULL,
    hour_at BIGINT NOT NULL,
    category VARCHAR(20) NOT NULL,
    channel VARCHAR(20) NOT NULL,
    template VARCHAR(64) NOT NULL,
    measure VARCHAR(20) NOT NULL,
    name VARCHAR(16) NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (tenant, hour_at, category, channel, template, measure, name));

-- The same sums of all categories, channels and templates together, which is what most people look at.
CREATE TABLE IF NOT EXISTS tidings_statistic_hour (
    tenant VARCHAR(64) NOT NULL,
    hour_at BIGINT NOT NULL,
    measure VARCHAR(20) NOT NULL,
    name VARCHAR(16) NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (tenant, hour_at, measure, name));

-- Whether an observation has nothing that retention would empty.
ALTER TABLE tidings_observation ADD COLUMN IF NOT EXISTS bare BOOLEAN DEFAULT FALSE NOT NULL;
CREATE INDEX IF NOT EXISTS tidings_observation_raw ON tidings_observation (bare, at, place);

-- The provider's ids of messages from people that were deleted, so that none is taken in again.
CREATE TABLE IF NOT EXISTS tidings_inbound_gone (
    account VARCHAR(64) NOT NULL,
    sid VARCHAR(255) NOT NULL,
    PRIMARY KEY (account, sid));

-- What tenants changed.
CREATE TABLE IF NOT EXISTS tidings_tenant (
    tenant VARCHAR(64) NOT NULL PRIMARY KEY,
    settings VARCHAR NOT NULL);
