-- query thread_add_row : change 1; permit thread.edit; in id thread, plan plan?, title text, state text, next date?, next_words text?, meanwhile text?, harm int64, authority authority
INSERT INTO thread (id, child, plan, drawer, unit, assignment, title, state, since_on, next_on, next_words, meanwhile, heard_on, harm, made_ms, controller, archive_owner)
VALUES (:id, :permit.child, :plan, :permit.drawer, :permit.unit, :permit.assignment, :title, :state, :permit.day, :next, :next_words, :meanwhile, :permit.day, :harm, :permit.now_ms, :authority, :authority);

-- query thread_edit_row : change 1; permit thread.edit; in thread thread, version int64, title text, state text, next date?, next_words text?, meanwhile text?, harm int64
UPDATE thread SET since_on = CASE WHEN state = :state THEN since_on ELSE :permit.day END, state = :state, next_on = :next, next_words = :next_words, meanwhile = :meanwhile,
	title = CASE WHEN length(:title) > 0 THEN :title ELSE title END, harm = :harm, heard_on = :permit.day, version = version + 1
WHERE id = :thread AND version = :version AND child = :permit.child AND drawer = :permit.drawer;

-- query thread_move_row : change 1; permit work.save; in child child, thread thread, version int64, state text, next date?
UPDATE thread SET since_on = CASE WHEN state = :state THEN since_on ELSE :permit.day END, state = :state, next_on = :next, heard_on = :permit.day, version = version + 1
WHERE id = :thread AND version = :version AND child = :child AND drawer = :permit.drawer;

-- query thread_correct_gone : change 1; permit child.correct; in thread thread
DELETE FROM thread WHERE id = :thread AND drawer = :permit.drawer AND child = :permit.child;

-- query thread_now : maybe; permit thread.edit; in thread thread, since int64; out title text, state text, next date?, next_words text?, meanwhile text?, harm int64, version int64
SELECT title, state, next_on, next_words, meanwhile, harm, version FROM thread t
WHERE t.id = :thread AND t.child = :permit.child AND @own(t, :since);

-- The open plan that this drawer sees: a new thread belongs to it.
-- query thread_plan : maybe; permit thread.edit; in since int64; out plan plan
SELECT p.id FROM plan p WHERE p.child = :permit.child AND p.state = 'open' AND @seen(p, :since);
