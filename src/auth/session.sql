-- query session_begin : change 1; permit none (sign-in comes before a permit); in token_hash blob, id session, person person, assignment assignment?, now int64, ends int64
INSERT INTO session (token_hash, id, person, assignment, made_ms, ends_ms) VALUES (:token_hash, :id, :person, :assignment, :now, :ends);

-- query session_end : change; permit none (the session's own); in id session, now int64
UPDATE session SET ended_ms = :now WHERE id = :id AND ended_ms IS NULL;

-- query session_end_worn : change; permit none (the caller's change of the assignment had one); in assignment assignment, now int64
UPDATE session SET ended_ms = :now WHERE assignment = :assignment AND ended_ms IS NULL;

-- query once_find : maybe; permit none (the form's own sender); in token blob, person person; out location text
SELECT location FROM form_once WHERE token = :token AND person = :person;

-- query once_put : change 1; permit none (the form's own sender); in token blob, person person, location text, now int64
INSERT INTO form_once (token, person, location, at_ms) VALUES (:token, :person, :location, :now);

-- query user_list : many; permit none (the operator, at this machine); in day date; out person person, assignment assignment, role text, unit unit
SELECT s.person, a.id, a.role, a.unit FROM assignment a JOIN staff s ON s.id = a.staff
WHERE @in_force(a, :day) ORDER BY a.role, a.id;

-- query sessions_end : change; permit none (the operator, at this machine); in person person, now int64
UPDATE session SET ended_ms = :now WHERE person = :person AND ended_ms IS NULL;
