-- Keys by which other programs are let in: a row each, which stays when it is revoked, with the hash of its secret. Times are
-- microseconds since 1970. Every statement may run twice.

CREATE TABLE IF NOT EXISTS tidings_access_key (
    id VARCHAR(64) COLLATE "C" PRIMARY KEY,
    hash VARCHAR(64) COLLATE "C" NOT NULL,
    tenant VARCHAR(64) COLLATE "C",
    grants TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by VARCHAR(120) NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT,
    used_at BIGINT);
