-- Tries to find or register somebody by number are counted per assignment: a role at a unit asks, not a person at large. Owner: child.
ALTER TABLE find_try ADD COLUMN assignment ID REFERENCES assignment (id); -- NULL: before this was counted so
CREATE INDEX find_try_assignment ON find_try (assignment, at_ms);
