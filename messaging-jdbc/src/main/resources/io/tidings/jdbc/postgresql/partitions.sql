-- Partitions of the history by month, for whoever wants them: run it in the schema of the tables, the first time while no node
-- runs, then once a month. The first time the five tables that grow with every message become partitioned ones, whose first
-- partition is what they were; each time the partitions of this and the next three months are made that are missing. What
-- belongs to no month that has one lies in the partition that ends in "_rest".
-- Messages of a month are found by their id, which begins with the time at which it was made.
-- With another prefix, replace the names.
DO $partitions$
DECLARE
    months_ahead CONSTANT integer := 3;
    grown CONSTANT text[] := ARRAY[
        -- table, its column with the id of the message, its key as a partitioned table
        ['tidings_message', 'id', 'id'],
        ['tidings_attempt', 'message', 'message, number'],
        ['tidings_message_tag', 'message', 'message, name'],
        ['tidings_observation', 'message', 'message, place'],
        ['tidings_decision', 'message', 'message, place']];
    this_month CONSTANT timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    one text[];
    name text;
    first text;
    part text;
    month timestamp;
    bounds uuid[];
    kept text;
    made text[];
    each text;
    index record;
    last bigint;
BEGIN
    -- The lowest id of this month and of each that follows; the first partition ends with this month.
    SELECT array_agg(CAST(lpad(to_hex(CAST(extract(epoch FROM this_month + make_interval(months => n)) * 1000 AS bigint)), 12, '0')
                          || repeat('0', 20) AS uuid) ORDER BY n)
    INTO bounds FROM generate_series(0, months_ahead + 1) n;
    FOREACH one SLICE 1 IN ARRAY grown LOOP
        name := one[1];
        first := name || '_first';
        IF (SELECT relkind FROM pg_class WHERE oid = to_regclass(name)) = 'r' THEN
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
            EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%L)', name, first, bounds[2]);
            EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', name || '_rest', name);
        END IF;
        SELECT COALESCE(' WITH (' || array_to_string(reloptions, ', ') || ')', '') INTO kept
        FROM pg_class WHERE oid = to_regclass(first);
        FOR n IN 1..months_ahead LOOP
            month := this_month + make_interval(months => n);
            part := name || to_char(month, '_YYYY_MM');
            IF to_regclass(part) IS NULL THEN
                EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', part, name, bounds[n + 1], bounds[n + 2])
                    || COALESCE(kept, '');
            END IF;
        END LOOP;
    END LOOP;
END
$partitions$;
