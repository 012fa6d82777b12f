-- A file for the test of gen/queries: every shape and every type.

-- snippet t_near : x, n; guards t_fenced
({x}.n <= {n} /* ; not the end */ AND -- nor this;
	'{x.table}' <> 'x');
-- snippet t_both : a,
--   b
({a} AND {b});

-- query sample_add : change 1; permit none (test); in id step, n int64?, name text?, born date?,
--   raw blob?, child child?
INSERT INTO t_sample (id, n, name, born, raw, child) -- :not a parameter; nor a ; here
VALUES (:id, :n, :name, :born, :raw, :child);

-- query sample_by_id : one; permit none (test); in id step; out n int64?, name text?, born date?, raw blob?, child child?
SELECT n, name, born, raw, child FROM t_sample WHERE id = :id;

-- query sample_name : maybe; permit none (test); in id step, but text; out name text
SELECT name FROM t_sample WHERE id = :id AND name <> :but AND 'a;:b"?' <> "name" /* ; :c */;

-- query sample_from : many; permit none (test); in least step; out id step, twice int64
SELECT id, id + id FROM t_sample WHERE id >= :least AND :least > 0 ORDER BY id;

-- Snippets in a snippet, an argument with brackets and a comma, and over two lines.
-- query sample_near : many; permit none (test); in most int64; out id step
SELECT s.id FROM t_sample AS s WHERE @t_both(@t_near(s,
	COALESCE(:most, 0)), s.id > 0)
ORDER BY s.id;

-- query sample_take : many; permit none (test); in name text; out id step
DELETE FROM t_sample WHERE name = :name RETURNING id;

-- query sample_rename_all : change; permit none (test); store book; in name text
UPDATE t_sample SET name = :name;
