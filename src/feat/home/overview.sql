-- The overview of a child (overview.h).

-- query overview_of : maybe; permit home.read; in child child, version int64; out body blob
SELECT body FROM overview WHERE child = :child AND version = :version;

-- CROSS: from the few that are due to the child. The planner, by an analysis made while nothing was due, went through all
-- children of the county at every change (measured: 10 ms at 65,000).
-- query overview_due : many; permit home.read; in most int64; out child child, version int64, shielded int64
SELECT d.child, c.content_version, c.shielded FROM overview_due d CROSS JOIN child c WHERE c.id = d.child ORDER BY d.child LIMIT :most;

-- query overview_waits : maybe; permit none (whether there is work, nothing of whom); out one int64
SELECT 1 FROM overview_due LIMIT 1;

-- query overview_put : change 1; permit home.read; in child child, version int64, body blob
INSERT INTO overview (child, version, body) VALUES (:child, :version, :body)
ON CONFLICT (child) DO UPDATE SET version = :version, body = :body;

-- query overview_drop : change; permit home.read; in child child
DELETE FROM overview WHERE child = :child;

-- query overview_done : change 1; permit home.read; in child child
DELETE FROM overview_due WHERE child = :child;

-- query overview_all : many; permit home.read; in after child, most int64; out child child, body blob
SELECT o.child, o.body FROM overview o JOIN child c ON c.id = o.child AND c.content_version = o.version
WHERE o.child > :after ORDER BY o.child LIMIT :most;
