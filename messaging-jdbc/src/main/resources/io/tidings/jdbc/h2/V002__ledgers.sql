-- The ledgers: audit trail, consent, messages from people, budgets, counters of codes, templates.
-- Times are microseconds since 1970. Every statement may run twice.

-- Who did what. Rows are only added, and removed when they were archived.
CREATE TABLE IF NOT EXISTS tidings_audit (
    id UUID NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    tenant VARCHAR(64),
    actor_kind VARCHAR(20) NOT NULL,
    actor VARCHAR(100) NOT NULL,
    action VARCHAR(60) NOT NULL,
    message UUID,
    node VARCHAR(100) NOT NULL,
    environment VARCHAR(1000) NOT NULL,
    commitment VARCHAR(64) NOT NULL);
CREATE INDEX IF NOT EXISTS tidings_audit_time ON tidings_audit (at, id);
CREATE INDEX IF NOT EXISTS tidings_audit_tenant ON tidings_audit (tenant, at, id);
CREATE INDEX IF NOT EXISTS tidings_audit_actor ON tidings_audit (actor, at, id);
CREATE INDEX IF NOT EXISTS tidings_audit_action ON tidings_audit (action, at, id);
CREATE INDEX IF NOT EXISTS tidings_audit_message ON tidings_audit (message);

-- What of an entry can be erased: the row goes, the commitment stays.
CREATE TABLE IF NOT EXISTS tidings_audit_data (
    id UUID NOT NULL PRIMARY KEY,
    tenant VARCHAR(64),
    person VARCHAR(20),
    salt VARCHAR(64) NOT NULL,
    reason VARCHAR,
    details VARCHAR NOT NULL);
CREATE INDEX IF NOT EXISTS tidings_audit_person ON tidings_audit_data (tenant, person, id);

-- Entries that are not in the chain yet: inserted with the entry, deleted when it is sealed.
CREATE TABLE IF NOT EXISTS tidings_audit_unsealed (
    at BIGINT NOT NULL,
    id UUID NOT NULL,
    PRIMARY KEY (at, id));

CREATE TABLE IF NOT EXISTS tidings_audit_link (
    chain VARCHAR(60) NOT NULL,
    sequence BIGINT NOT NULL,
    segment VARCHAR(10) NOT NULL,
    key_id VARCHAR(20) NOT NULL,
    hash VARCHAR(64) NOT NULL,
    at BIGINT NOT NULL,
    entry UUID,
    closed BIGINT NOT NULL,
    PRIMARY KEY (chain, sequence));

CREATE TABLE IF NOT EXISTS tidings_audit_head (
    chain VARCHAR(60) NOT NULL PRIMARY KEY,
    sequence BIGINT NOT NULL,
    hash VARCHAR(64) NOT NULL,
    segment VARCHAR(10) NOT NULL,
    in_segment BIGINT NOT NULL,
    archived BIGINT NOT NULL,
    archived_hash VARCHAR(64) NOT NULL);

-- What people said about being texted. An entry is about a number or, once the person was erased, about a hash.
CREATE TABLE IF NOT EXISTS tidings_consent (
    place BIGINT GENERATED ALWAYS AS IDENTITY (CACHE 1024) PRIMARY KEY,
    tenant VARCHAR(64) NOT NULL,
    number VARCHAR(20),
    hash_key VARCHAR(8),
    hash VARCHAR(64),
    sender VARCHAR(64),
    topic VARCHAR(255),
    channel VARCHAR(20),
    kind VARCHAR(20) NOT NULL,
    source VARCHAR(20) NOT NULL,
    actor VARCHAR(255) NOT NULL,
    words VARCHAR,
    reference VARCHAR(255),
    said_to VARCHAR(64),
    said_on VARCHAR(20),
    at BIGINT NOT NULL,
    UNIQUE (tenant, reference));
CREATE INDEX IF NOT EXISTS tidings_consent_number ON tidings_consent (tenant, number);
CREATE INDEX IF NOT EXISTS tidings_consent_hash ON tidings_consent (tenant, hash_key, hash);

-- Messages from people.
CREATE TABLE IF NOT EXISTS tidings_inbound (
    id UUID NOT NULL PRIMARY KEY,
    tenant VARCHAR(64) NOT NULL,
    account VARCHAR(64) NOT NULL,
    sid VARCHAR(255) NOT NULL,
    channel VARCHAR(20) NOT NULL,
    person VARCHAR(20) NOT NULL,
    sender VARCHAR(64) NOT NULL,
    service VARCHAR(64),
    body VARCHAR NOT NULL,
    media VARCHAR NOT NULL,
    extras VARCHAR NOT NULL,
    segments INTEGER NOT NULL,
    at BIGINT NOT NULL,
    conversation VARCHAR(64) NOT NULL,
    raw VARCHAR NOT NULL,
    state VARCHAR(20) NOT NULL,
    claims INTEGER NOT NULL,
    note VARCHAR,
    due_at BIGINT NOT NULL,
    held_until BIGINT NOT NULL,
    replied_at BIGINT,
    UNIQUE (account, sid));
CREATE INDEX IF NOT EXISTS tidings_inbound_state ON tidings_inbound (state, at, id);
CREATE INDEX IF NOT EXISTS tidings_inbound_open ON tidings_inbound (conversation, state, at, id);
CREATE INDEX IF NOT EXISTS tidings_inbound_person ON tidings_inbound (person, tenant, at, id);
CREATE INDEX IF NOT EXISTS tidings_inbound_replied ON tidings_inbound (conversation, replied_at);

-- Until when everything that came through an account is known to be here.
CREATE TABLE IF NOT EXISTS tidings_inbound_mark (
    account VARCHAR(64) NOT NULL PRIMARY KEY,
    complete_until BIGINT NOT NULL);

CREATE TABLE IF NOT EXISTS tidings_budget (
    name VARCHAR(400) NOT NULL PRIMARY KEY,
    spent BIGINT NOT NULL,
    reserved BIGINT NOT NULL,
    alerted INTEGER NOT NULL);

-- What an attempt has of each budget: reserved, or its price, or neither after a release.
CREATE TABLE IF NOT EXISTS tidings_budget_part (
    message UUID NOT NULL,
    attempt INTEGER NOT NULL,
    name VARCHAR(400) NOT NULL,
    unit VARCHAR(20) NOT NULL,
    reserved BIGINT NOT NULL,
    spent BIGINT NOT NULL,
    priced BOOLEAN NOT NULL,
    PRIMARY KEY (message, attempt, name));

-- Counters of one-time codes. A name may hold most of a number.
CREATE TABLE IF NOT EXISTS tidings_pumping (
    name VARCHAR(100) NOT NULL PRIMARY KEY,
    sent BIGINT NOT NULL,
    confirmed BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL);

CREATE TABLE IF NOT EXISTS tidings_template (
    name VARCHAR(64) NOT NULL,
    version INTEGER NOT NULL,
    texts VARCHAR NOT NULL,
    reference VARCHAR(255),
    tags VARCHAR NOT NULL,
    deleted BOOLEAN NOT NULL,
    PRIMARY KEY (name, version));
