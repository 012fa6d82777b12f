-- query setting : maybe; permit none (what this database is); in key text; out value text
SELECT value FROM setting WHERE key = :key;

-- query setting_put : change 1; permit none (making a database); in key text, value text
INSERT INTO setting (key, value) VALUES (:key, :value);
