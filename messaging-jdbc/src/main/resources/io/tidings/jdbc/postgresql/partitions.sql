-- Partitions of the history by month, for whoever wants them. Run it as the owner of the tables, in their schema, outside of a
-- transaction: the first time while no node runs, then once a month, also while nodes run.
-- The first time the five tables of what is known about each message become partitioned ones, whose first partition is what they
-- were; it goes on to the end of this month. Each time the partitions of the next three months are made that are missing. What
-- belongs to no month that has one lies in the partition that ends in "_rest".
-- Messages of a month are found by their id, which begins with the time at which it was made.
-- With another prefix, replace the names.
DO $partitions$
DECLARE
    grown CONSTANT text[] := ARRAY[
        -- table, its column with the id of the message, its key as a partitioned table
        ['tidings_message', 'id', 'id'],
        ['tidings_attempt', 'message', 'message, number'],
        ['tidings_message_tag', 'message', 'message, name'],
        ['tidings_observation', 'message', 'message, place'],
        ['tidings_decision', 'message', 'message, place']];
    this_month CONSTANT timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    -- The lowest id of the next month.
    bound CONSTANT uuid := CAST(lpad(to_hex(CAST(extract(epoch FROM this_month + interval '1 month') * 1000 AS bigint)), 12, '0')
        || repeat('0', 20) AS uuid);
    one text[];
    name text;
    first text;
    settings text;
    made text[];
    each text;
    index record;
    granted record;
    last bigint;
BEGIN
    FOREACH one SLICE 1 IN ARRAY grown LOOP
        name := one[1];
        first := name || '_first';
        CONTINUE WHEN (SELECT relkind FROM pg_class WHERE oid = to_regclass(name)) <> 'r';
        made := '{}';
        FOR index IN SELECT c.relname AS name, pg_get_indexdef(c.oid) AS definition, x.indisprimary AS key
                     FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid WHERE x.indrelid = to_regclass(name)
        LOOP
            IF NOT index.key THEN
                made := made || index.definition;
            END IF;
            EXECUTE format('ALTER INDEX %I RENAME TO %I', index.name, index.name || '_first');
        END LOOP;
        EXECUTE format('ALTER TABLE %I RENAME TO %I', name, first);
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING IDENTITY) PARTITION BY RANGE (%I)', name, first, one[2]);
        -- Who owned the old table, and who might do what with it.
        EXECUTE (SELECT format('ALTER TABLE %I OWNER TO %I', name, pg_get_userbyid(relowner)) FROM pg_class WHERE oid = to_regclass(first));
        FOR granted IN SELECT a.privilege_type, a.is_grantable, COALESCE(quote_ident(r.rolname), 'PUBLIC') AS grantee
                       FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
                       WHERE c.oid = to_regclass(first) AND a.grantee <> c.relowner
        LOOP
            EXECUTE format('GRANT %s ON %I TO %s', granted.privilege_type, name, granted.grantee)
                || CASE WHEN granted.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END;
        END LOOP;
        IF one[3] LIKE '%place' THEN
            EXECUTE format('SELECT max(place) FROM %I', first) INTO last;
            EXECUTE format('ALTER TABLE %I ALTER COLUMN place RESTART WITH %s', name, COALESCE(last, 0) + 1);
            EXECUTE format('ALTER TABLE %I ALTER COLUMN place DROP IDENTITY, DROP CONSTRAINT %I, ADD PRIMARY KEY (%s)',
                first, name || '_pkey_first', one[3]);
            made := made || format('CREATE INDEX %I ON %I (place)', name || '_place', name);
        END IF;
        EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (%s)', name, one[3]);
        FOREACH each IN ARRAY made LOOP
            EXECUTE each;
        END LOOP;
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%L)', name, first, bound);
        SELECT ' WITH (' || array_to_string(reloptions, ', ') || ')' INTO settings FROM pg_class WHERE oid = to_regclass(first);
        EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', name || '_rest', name) || COALESCE(settings, '');
        EXECUTE (SELECT format('ALTER TABLE %I OWNER TO %I', name || '_rest', pg_get_userbyid(relowner))
                 FROM pg_class WHERE oid = to_regclass(name));
    END LOOP;
END
$partitions$;

-- A partition of its own locks its table. Who cannot have the lock within this time is in the way of all who send; run it again.
SET lock_timeout = '3s';

DO $months$
DECLARE
    months_ahead CONSTANT integer := 3;
    grown CONSTANT text[] := ARRAY['tidings_attempt', 'tidings_message', 'tidings_message_tag', 'tidings_observation', 'tidings_decision'];
    this_month CONSTANT timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    bounds uuid[];
    name text;
    part text;
    owner text;
    settings text;
BEGIN
    -- The lowest id of this month and of each that follows.
    SELECT array_agg(CAST(lpad(to_hex(CAST(extract(epoch FROM this_month + make_interval(months => n)) * 1000 AS bigint)), 12, '0')
                          || repeat('0', 20) AS uuid) ORDER BY n)
    INTO bounds FROM generate_series(0, months_ahead + 1) n;
    FOREACH name IN ARRAY grown LOOP
        SELECT pg_get_userbyid(relowner) INTO owner FROM pg_class WHERE oid = to_regclass(name);
        SELECT ' WITH (' || array_to_string(c.reloptions, ', ') || ')' INTO settings
        FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = to_regclass(name) AND c.reloptions IS NOT NULL LIMIT 1;
        FOR n IN 1..months_ahead LOOP
            part := name || to_char(this_month + make_interval(months => n), '_YYYY_MM');
            IF to_regclass(part) IS NULL THEN
                BEGIN
                    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                        part, name, bounds[n + 1], bounds[n + 2]) || COALESCE(settings, '');
                    EXECUTE format('ALTER TABLE %I OWNER TO %I', part, owner);
                EXCEPTION WHEN check_violation THEN
                    RAISE WARNING '% is not made: rows of that month are in %_rest already', part, name;
                END;
            END IF;
        END LOOP;
        -- One table at a time, so that nobody waits for two.
        COMMIT;
        -- Nobody else gathers statistics of a table that lies in its partitions.
        EXECUTE format('ANALYZE %I', name);
        COMMIT;
    END LOOP;
END
$months$;

RESET lock_timeout;
