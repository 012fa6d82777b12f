-- The child's own words (promise 11). Who may read: the reader chosen before writing; who stands in for that reader
-- while it is away; and, when nobody has read in time, the plan's lead in the same drawer (climbed).

-- query voice_sent : many; permit voice.read; out id voice, who text, sent_ms int64, read_by date, read_ms int64?, read_who text?
SELECT v.id, s.name, v.sent_ms, v.read_by_on, v.read_ms, rs.name FROM voice v JOIN assignment a ON a.id = v.reader JOIN staff s ON s.id = a.staff
LEFT JOIN assignment ra ON ra.id = v.read_by LEFT JOIN staff rs ON rs.id = ra.staff
WHERE v.child = :permit.child AND v.author = :permit.actor ORDER BY v.sent_ms DESC, v.id LIMIT 40;

-- query voice_inbox : many; permit voice.read|voice.write; out id voice, own int64, reader text, mood text?, words text?, sent_ms int64, read_by date, read_ms int64?, in_plan int64, led text?, version int64
SELECT v.id, CASE WHEN v.written_down_by IS NULL THEN 1 ELSE 0 END, s.name, v.mood, v.words, v.sent_ms, v.read_by_on, v.read_ms, v.in_plan, v.led_words, v.version
FROM voice v JOIN assignment a ON a.id = v.reader JOIN staff s ON s.id = a.staff
WHERE v.child = :permit.child AND (a.id = :permit.assignment OR v.read_by = :permit.assignment
	OR (a.deputy = :permit.assignment AND a.drawer = :permit.drawer AND (v.climbed >= 2 OR (a.to_on IS NOT NULL AND a.to_on < :permit.day) OR
		@away(a.staff, :permit.day)))
	OR (v.climbed >= 1 AND v.drawer = :permit.drawer AND EXISTS (SELECT 1 FROM plan p WHERE p.child = v.child AND p.state = 'open' AND p.lead = :permit.assignment)))
ORDER BY CASE WHEN v.read_ms IS NULL THEN 0 ELSE 1 END, v.sent_ms DESC, v.id LIMIT 60;

-- query voice_drawer : maybe; permit voice.write; in reader assignment; out drawer drawer
SELECT drawer FROM assignment WHERE id = :reader;

-- query voice_send : change 1; permit voice.write; in id voice, drawer drawer, reader assignment, written_down_by assignment?, mood text?, words text?, read_by date, read_ms int64?, reader_read assignment?, in_plan int64
INSERT INTO voice (id, child, author, written_down_by, drawer, reader, mood, words, sent_ms, read_by_on, read_ms, read_by, in_plan)
VALUES (:id, :permit.child, :permit.actor, :written_down_by, :drawer, :reader, :mood, :words, :permit.now_ms, :read_by, :read_ms, :reader_read, :in_plan);

-- query voice_mark_read : change; permit voice.read; in id voice
UPDATE voice SET read_ms = :permit.now_ms, read_by = :permit.assignment, version = version + 1 WHERE id = :id AND child = :permit.child AND read_ms IS NULL;

-- query voice_put_led : change 1; permit voice.write; in id voice, version int64, led text
UPDATE voice SET led_words = :led, version = version + 1 WHERE id = :id AND child = :permit.child AND version = :version AND read_ms IS NOT NULL;

-- query voice_rung : change; permit task.answer; in voice voice, rung int64
UPDATE voice SET climbed = :rung WHERE id = :voice AND climbed < :rung;
