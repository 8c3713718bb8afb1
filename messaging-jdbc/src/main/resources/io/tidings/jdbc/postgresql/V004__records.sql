-- What people look up, count, clean and set. Times are microseconds since 1970. Every statement may run twice.

-- Orders in which messages are searched and cleaned.
CREATE INDEX IF NOT EXISTS tidings_queue_accepted ON tidings_queue (tenant, accepted_at, id);
CREATE INDEX IF NOT EXISTS tidings_message_accepted ON tidings_message (tenant, accepted_at, id);
-- For the default tenant tidings_message_age serves.
CREATE INDEX IF NOT EXISTS tidings_message_changed ON tidings_message (tenant, changed_at, id) WHERE tenant <> 'default';
CREATE INDEX IF NOT EXISTS tidings_message_recipient ON tidings_message (tenant, recipient, accepted_at, id);
CREATE INDEX IF NOT EXISTS tidings_message_age ON tidings_message (changed_at, id);
-- What stands behind the id is for conditions beside: they are looked at in the index, without the row.
CREATE INDEX IF NOT EXISTS tidings_message_status ON tidings_message (tenant, status, accepted_at, id, lane);
-- What most messages are, transactional and SMS, is found along tidings_message_accepted.
CREATE INDEX IF NOT EXISTS tidings_message_lane ON tidings_message (tenant, lane, accepted_at, id) WHERE lane <> 3;
-- Parts of the texts of a row, in the words in which they are searched.
CREATE INDEX IF NOT EXISTS tidings_message_channel ON tidings_message
    (tenant, (split_part(split_part(body, '"channel":"', 2), '"', 1)), accepted_at, id)
    WHERE POSITION('"channel":"SMS"' IN body) = 0;
CREATE INDEX IF NOT EXISTS tidings_message_template ON tidings_message
    (tenant, (split_part(split_part(body, '"template":{"name":"', 2), '"', 1)), accepted_at, id, lane, status)
    WHERE POSITION('"template":{"name":"' IN body) > 0;
CREATE INDEX IF NOT EXISTS tidings_message_failed ON tidings_message
    (tenant, (split_part(split_part(failure, '"code":', 2), ',', 1)), accepted_at, id) WHERE failure IS NOT NULL;

-- By which business names messages are found that have left the queue.
CREATE TABLE IF NOT EXISTS tidings_message_tag (
    tenant VARCHAR(64) COLLATE "C" NOT NULL,
    name VARCHAR(64) COLLATE "C" NOT NULL,
    content VARCHAR(255) COLLATE "C" NOT NULL,
    accepted_at BIGINT NOT NULL,
    message UUID NOT NULL,
    PRIMARY KEY (message, name));
CREATE INDEX IF NOT EXISTS tidings_message_tag_accepted ON tidings_message_tag (tenant, name, content, accepted_at, message);

-- Changes of counters: rows are only added, so that nobody waits for a counter, and moved into the sums now and then.
CREATE TABLE IF NOT EXISTS tidings_statistic_change (
    place BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant VARCHAR(64) COLLATE "C" NOT NULL,
    hour_at BIGINT NOT NULL,
    category VARCHAR(20) COLLATE "C" NOT NULL,
    channel VARCHAR(20) COLLATE "C" NOT NULL,
    template VARCHAR(64) COLLATE "C" NOT NULL,
    measure VARCHAR(20) COLLATE "C" NOT NULL,
    name VARCHAR(16) COLLATE "C" NOT NULL,
    amount BIGINT NOT NULL)
    WITH (autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX IF NOT EXISTS tidings_statistic_change_hour ON tidings_statistic_change (tenant, hour_at);

-- The sums. No template is an empty name.
CREATE TABLE IF NOT EXISTS tidings_statistic (
    tenant VARCHAR(64) COLLATE "C" NOT NULL,
    hour_at BIGINT NOT NULL,
    category VARCHAR(20) COLLATE "C" NOT NULL,
    channel VARCHAR(20) COLLATE "C" NOT NULL,
    template VARCHAR(64) COLLATE "C" NOT NULL,
    measure VARCHAR(20) COLLATE "C" NOT NULL,
    name VARCHAR(16) COLLATE "C" NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (tenant, hour_at, category, channel, template, measure, name))
    WITH (fillfactor = 70);

-- The same sums of all categories, channels and templates together, which is what most people look at.
CREATE TABLE IF NOT EXISTS tidings_statistic_hour (
    tenant VARCHAR(64) COLLATE "C" NOT NULL,
    hour_at BIGINT NOT NULL,
    measure VARCHAR(20) COLLATE "C" NOT NULL,
    name VARCHAR(16) COLLATE "C" NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (tenant, hour_at, measure, name))
    WITH (fillfactor = 70);

-- Whether an observation has nothing that retention would empty.
ALTER TABLE tidings_observation ADD COLUMN IF NOT EXISTS bare BOOLEAN DEFAULT FALSE NOT NULL;
CREATE INDEX IF NOT EXISTS tidings_observation_raw ON tidings_observation (at, place) WHERE bare = FALSE;

-- The provider's ids of messages from people that were deleted, so that none is taken in again.
CREATE TABLE IF NOT EXISTS tidings_inbound_gone (
    account VARCHAR(64) NOT NULL,
    sid VARCHAR(255) NOT NULL,
    PRIMARY KEY (account, sid));

-- What tenants changed.
CREATE TABLE IF NOT EXISTS tidings_tenant (
    tenant VARCHAR(64) COLLATE "C" NOT NULL PRIMARY KEY,
    settings TEXT NOT NULL);
