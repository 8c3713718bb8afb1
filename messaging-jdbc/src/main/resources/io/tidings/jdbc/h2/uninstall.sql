-- Removes the tables of Tidings and nothing else, with everything in them. There is no way back.
-- With another prefix or schema, replace the names.
DROP TABLE IF EXISTS tidings_template;
DROP TABLE IF EXISTS tidings_pumping;
DROP TABLE IF EXISTS tidings_budget_part;
DROP TABLE IF EXISTS tidings_budget;
DROP TABLE IF EXISTS tidings_inbound_mark;
DROP TABLE IF EXISTS tidings_inbound;
DROP TABLE IF EXISTS tidings_consent;
DROP TABLE IF EXISTS tidings_audit_head;
DROP TABLE IF EXISTS tidings_audit_link;
DROP TABLE IF EXISTS tidings_audit_unsealed;
DROP TABLE IF EXISTS tidings_audit_data;
DROP TABLE IF EXISTS tidings_audit;
DROP TABLE IF EXISTS tidings_schema_history;
