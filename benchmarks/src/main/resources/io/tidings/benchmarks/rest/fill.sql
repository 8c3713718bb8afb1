-- A store after 90 days: {rows} messages that have ended or are nearly there, {waiting} that wait, and all that is kept of them.
-- What is made of a number is always the same, so that two runs have the same rows but for their dates.

CREATE UNLOGGED TABLE made AS
SELECT n, h, at,
       CAST(lpad(to_hex(at / 1000), 12, '0') || '7' || substr(m, 1, 3) || '8' || substr(m, 4, 15) AS uuid) AS id,
       CASE WHEN n % ({rows} / 40) = 0 THEN 'few'
            WHEN h % 1000 < 400 THEN 'default' WHEN h % 1000 < 800 THEN 'north' ELSE 't-' || h % 10 END AS tenant,
       '+1' || 200 + h / 1000 % 800 || '5550' || 100 + h / 800000 % 100 AS recipient,
       CASE WHEN n > {rows} - {rows} / 5000 THEN 'ACCEPTED' WHEN k < 900 THEN 'DELIVERED' WHEN k < 930 THEN 'SENT'
            WHEN k < 960 THEN 'UNDELIVERED' WHEN k < 980 THEN 'FAILED' WHEN k < 988 THEN 'REFUSED'
            WHEN k < 992 THEN 'EXPIRED' WHEN k < 996 THEN 'CANCELED' WHEN k < 999 THEN 'DEAD'
            WHEN h % 1000 < 400 THEN 'READ' ELSE 'DELIVERED' END AS status,
       CASE WHEN c < 100 THEN 'OTP' WHEN c < 101 AND h % 1000 < 400 THEN 'ALERT' WHEN c < 200 THEN 'CONVERSATION'
            WHEN c < 400 AND h % 1000 < 400 THEN 'MARKETING' ELSE 'TRANSACTIONAL' END AS category,
       CASE WHEN c % 100 < 1 AND h % 1000 < 400 THEN 'WHATSAPP' ELSE 'SMS' END AS channel,
       CASE WHEN n % ({rows} / 30) = 7 THEN 'seldom' WHEN t < 20 THEN 'template-' || t END AS template,
       CASE WHEN n % ({rows} / 30) = 11 THEN 'seldom' WHEN t BETWEEN 10 AND 24 THEN 'spring-' || c % 50 END AS campaign,
       CASE WHEN n % ({rows} / 400) = 0 THEN 30042 ELSE 30003 + h % 6 END AS code
FROM (SELECT n, m, at, h, h / 7919 % 1000 AS k, h / 104729 % 1000 AS c, h / 1299709 % 40 AS t
      FROM (SELECT n, md5(CAST(n AS text)) AS m, hashint8extended(n, 42) & 9223372036854775807 AS h,
                   CAST(extract(epoch FROM now()) * 1000000 AS bigint) - 60000000
                       - 90 * 86400000000 / {rows} * ({rows} - n) AS at
            FROM generate_series(CAST(1 AS bigint), {rows}) n) numbered) drawn;

CREATE UNLOGGED TABLE told AS
SELECT n, to_char(to_timestamp(at / 1000000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at FROM made;

INSERT INTO tidings_message
    (id, tenant, recipient, text_hash, lane, accepted_at, status, attempts, counted, failure, changed_at, body)
SELECT id, tenant, recipient, h,
       CASE category WHEN 'OTP' THEN 0 WHEN 'ALERT' THEN 1 WHEN 'CONVERSATION' THEN 2 WHEN 'TRANSACTIONAL' THEN 3 ELSE 4 END,
       made.at, status, 1, 1,
       CASE WHEN status IN ('UNDELIVERED', 'FAILED', 'DEAD') THEN
           '{"code":' || code || ',"kind":"PERMANENT","explanation":"The number is unknown or no longer in use.",'
           || '"advice":"Correct the number in your records."}' END,
       made.at + 3000000 + h % 20000000,
       '{"v":1,"account":"default","segments":1,"acceptedAt":"' || told.at || '","tenant":"' || tenant || '","channel":"'
       || channel || '","category":"' || category || '","to":"' || recipient
       || '","from":"+12025550100","content":{"type":"text","text":"Your order ' || n || ' is ready. Bay 4 is open until 6 pm; bring the number of'
       || ' the order and something to carry it with. Reply STOP to end."}'
       || CASE WHEN campaign IS NULL THEN '' ELSE ',"tags":{"campaign":"' || campaign || '","order":"' || n || '"}' END
       || ',"expiresAt":"' || told.at || '"'
       || CASE WHEN template IS NULL THEN '' ELSE ',"template":{"name":"' || template || '","version":1,"locale":"en"}' END
       || '}'
FROM made JOIN told USING (n);

INSERT INTO tidings_message_tag (tenant, name, content, accepted_at, message)
SELECT tenant, 'campaign', campaign, at, id FROM made WHERE campaign IS NOT NULL
UNION ALL
SELECT tenant, 'order', CAST(n AS text), at, id FROM made WHERE campaign IS NOT NULL;

INSERT INTO tidings_attempt
    (message, number, status, sid, error_code, conflict, due_at, started_at, changed_at)
SELECT id, 1, CASE status WHEN 'DEAD' THEN 'FAILED' ELSE status END, 'SM' || md5(CAST(n AS text)),
       CASE WHEN status IN ('UNDELIVERED', 'FAILED', 'DEAD') THEN code ELSE 0 END, FALSE, at, at + 20000, at + 3000000
FROM made WHERE status NOT IN ('REFUSED', 'EXPIRED', 'CANCELED');

INSERT INTO tidings_sid (sid, message, number, listed) SELECT sid, message, number, FALSE FROM tidings_attempt;

INSERT INTO tidings_observation (message, number, status, sid, error_code, source, at, raw, bare)
SELECT a.message, 1, s.status, a.sid, s.code, s.source, a.started_at + s.later,
       CASE WHEN s.source = 'ANSWER' THEN '{}' ELSE
           '{"MessageStatus":"' || lower(s.status) || '","MessageSid":"' || a.sid || '","AccountSid":"'
           || 'AC00000000000000000000000000000000","ApiVersion":"2010-04-01"}' END,
       s.source = 'ANSWER'
FROM tidings_attempt a CROSS JOIN LATERAL (VALUES
    ('QUEUED', 0, 'ANSWER', 80000), (a.status, a.error_code, 'CALLBACK', 2900000)) s(status, code, source, later)
ORDER BY a.started_at + s.later;

INSERT INTO tidings_decision (message, records)
SELECT id, '[{"gate":"suspension","stage":"ACCEPT","reason":"none","at":"' || told.at
           || '"},{"gate":"consent","stage":"ACCEPT","reason":"no-opt-out","at":"' || told.at
           || '"},{"gate":"quiet-hours","stage":"ACCEPT","reason":"allowed","at":"' || told.at
           || '"},{"gate":"frequency","stage":"ACCEPT","reason":"within-limit","at":"' || told.at || '"}]'
FROM made JOIN told USING (n);

INSERT INTO tidings_audit (id, at, tenant, actor_kind, actor, action, message, node, environment, commitment)
SELECT id, at, tenant, CASE WHEN h % 200 = 1 THEN 'USER' ELSE 'HOST' END,
       CASE WHEN h % 200 = 1 THEN 'u-' || h % 17 ELSE 'host' END,
       CASE WHEN h % 200 = 1 THEN 'message.replayed' WHEN h % 20000 = 2 THEN 'settings.changed' ELSE 'message.sent' END,
       id, 'node-1', '', md5(CAST(n AS text)) || md5(CAST(h AS text)) FROM made;

INSERT INTO tidings_audit_data (id, tenant, person, salt, details)
SELECT id, tenant, recipient, md5(CAST(h AS text)) || md5(CAST(n AS text)), '{"category":"' || category || '"}' FROM made;

INSERT INTO tidings_statistic (tenant, hour_at, category, channel, template, measure, name, amount)
SELECT tenant, at / 3600000000 * 3600000000, category, channel, COALESCE(template, ''), m.measure, status, count(*)
FROM made CROSS JOIN (VALUES ('MESSAGES'), ('SEGMENTS')) m(measure) GROUP BY 1, 2, 3, 4, 5, 6, 7
UNION ALL
SELECT tenant, at / 3600000000 * 3600000000, category, channel, COALESCE(template, ''), 'ERRORS', CAST(code AS text), count(*)
FROM made WHERE status IN ('UNDELIVERED', 'FAILED', 'DEAD') GROUP BY 1, 2, 3, 4, 5, 6, 7;

INSERT INTO tidings_statistic_hour (tenant, hour_at, measure, name, amount)
SELECT tenant, hour_at, measure, name, sum(amount) FROM tidings_statistic GROUP BY 1, 2, 3, 4;

INSERT INTO tidings_inbound
    (id, tenant, account, sid, channel, person, sender, body, media, extras, segments, at, conversation, raw, state, claims,
     due_at, held_until)
SELECT id, tenant, 'default', 'SM' || md5('in' || n), 'SMS', recipient, '+12025550100', 'Thank you', '[]', '{}', 1, at,
       tenant || ':' || recipient, '{"Body":"Thank you"}', CASE WHEN h % 1000 = 3 THEN 'QUARANTINED' ELSE 'DONE' END, 1, at, 0
FROM made WHERE n % 50 = 0;

INSERT INTO tidings_consent (tenant, number, kind, source, actor, at)
SELECT tenant, recipient, CASE WHEN h % 3 = 0 THEN 'OPT_OUT' ELSE 'OPT_IN' END, 'HOST', 'crm', at
FROM made WHERE n % 50 = 1;

INSERT INTO tidings_queue
    (id, account, sender, shard, state, lane, tenant, not_before, attempts, counted, recipient, text_hash, accepted_at, tagged, body)
SELECT CAST(overlay(CAST(m.id AS text) PLACING '9' FROM 20) AS uuid), 'default', '+12025550100', 0, 0, m.lane, m.tenant,
       m.accepted_at + CASE WHEN m.text_hash % 3 = 0 THEN 86400000000 * 100 ELSE 0 END, 0, 0, m.recipient, m.text_hash,
       m.accepted_at, FALSE, m.body
FROM tidings_message m WHERE m.accepted_at > (SELECT max(at) FROM made) - 90 * 86400000000 / {rows} * {waiting};

DROP TABLE made, told
