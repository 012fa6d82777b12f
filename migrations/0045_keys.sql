-- Keys that lists of staff are found by: without them a page read every row of the county (held by the test
-- every_query_of_a_page_finds_its_rows_by_a_key).
CREATE INDEX assignment_deputy ON assignment (deputy) WHERE deputy IS NOT NULL;
CREATE INDEX assignment_drawer ON assignment (drawer);
CREATE INDEX handover_plan ON handover (plan);
CREATE INDEX handover_giver ON handover (giver);
CREATE INDEX goal_need ON goal (need) WHERE need IS NOT NULL;
CREATE INDEX session_worn ON session (assignment) WHERE assignment IS NOT NULL AND ended_ms IS NULL;
CREATE INDEX task_deputy ON task (deputy) WHERE state = 'open';
CREATE INDEX quarantine_of ON quarantine (drawer, source, external_id);
CREATE INDEX measure_replaces ON measure (replaces);
CREATE INDEX task_item ON task (kind, item);
CREATE INDEX measure_beside ON measure (beside);
