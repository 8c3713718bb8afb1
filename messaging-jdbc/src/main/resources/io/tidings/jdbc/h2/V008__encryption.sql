-- Numbers and texts encrypted with the host's keys: what is read again lies beside what is looked up by.
-- Every statement may run twice.

ALTER TABLE tidings_consent ADD COLUMN IF NOT EXISTS number_sealed VARCHAR;
ALTER TABLE tidings_inbound ADD COLUMN IF NOT EXISTS person_sealed VARCHAR;
ALTER TABLE tidings_audit_data ADD COLUMN IF NOT EXISTS person_sealed VARCHAR;

-- Which keys these tables need, by ids and by what tells them apart, and how far they are encrypted. Empty for tables in the clear.
CREATE TABLE IF NOT EXISTS tidings_encryption (
    name VARCHAR(40) NOT NULL PRIMARY KEY,
    content VARCHAR(64) NOT NULL);
