-- A measure is shown to its own drawer and where it was disclosed (promise 3). since: an engagement by oneself that
-- nobody has confirmed sees only what came after it.

-- query measure_plan : one; permit measure.edit; in plan plan, since int64; out child child, name text, born date?
SELECT c.id, @child_name(c), c.born_on FROM plan p JOIN child c ON c.id = p.child
WHERE p.id = :plan AND p.child = :permit.child AND p.state = 'open' AND @seen(p, :since);

-- query measure_kinds : many; permit measure.edit; in age int64; out code text, layer text, area text, assessed int64, mine int64
SELECT k.code, k.layer, k.area, k.assessed, CASE WHEN k.provider = (SELECT regime FROM drawer WHERE id = :permit.drawer) THEN 1 ELSE 0 END
FROM kind k WHERE :age < 0 OR (k.age_from <= :age AND k.age_to >= :age)
ORDER BY CASE WHEN k.provider = (SELECT regime FROM drawer WHERE id = :permit.drawer) THEN 0 ELSE 1 END, k.provider, k.code;

-- query measure_goals : many; permit measure.edit; in plan plan, since int64; out id goal, words text
SELECT g.id, g.words FROM goal g WHERE g.plan = :plan AND g.result IS NULL AND @seen(g, :since)
ORDER BY g.made_ms, g.id LIMIT 40;

-- query measure_parties : many; permit measure.edit; in plan plan; out id party, name text
SELECT id, name FROM party WHERE plan = :plan ORDER BY made_ms, id LIMIT 40;

-- The fingerprint: child x kind (and kinds that do the same) x need area x overlapping period; free text only when it
-- is the same words. What the reader may not see takes no part: not in the list, not in the count, not in the time it
-- takes (the same rows are read whatever others hold).
-- query measure_similar : many; permit measure.edit; in kind text?, words text, area text, from_on date, to_on text, but measure?, since int64; out id measure, drawer drawer, kind text?, words text, from_on date, who text?, version int64, own int64, harm int64
SELECT m.id, m.drawer, m.kind, m.words, m.from_on, COALESCE(u.name, y.name), m.version, CASE WHEN m.drawer = :permit.drawer THEN 1 ELSE 0 END, m.harm
FROM measure m LEFT JOIN unit u ON u.id = m.unit LEFT JOIN party y ON y.id = m.party
WHERE m.child = :permit.child AND m.state <> 'ended' AND m.area = :area
AND (m.kind IN (SELECT b.code FROM kind a JOIN kind b ON b.does = a.does WHERE a.code = :kind) OR (m.kind IS NULL AND m.words = :words))
AND m.from_on <= :to_on AND (m.to_on IS NULL OR m.to_on >= :from_on) AND m.id <> COALESCE(:but, 0)
AND @seen(m, :since)
ORDER BY CASE WHEN m.drawer = :permit.drawer THEN 0 ELSE 1 END, m.from_on, m.id LIMIT 20;

-- query measure_add : change 1; permit measure.edit; in id measure, plan plan, goal goal?, kind text?, words text, layer text, area text, unit unit?, party party?, from_on date, to_on date?, state text, replaces measure?, beside measure?, beside_words text?, chosen text?, harm int64
INSERT INTO measure (id, child, plan, drawer, goal, kind, words, layer, area, unit, party, assignment, from_on, to_on, state, replaces, beside, beside_words, chosen, harm, made_ms)
VALUES (:id, :permit.child, :plan, :permit.drawer, :goal, :kind, :words, :layer, :area, :unit, :party, :permit.assignment, :from_on, :to_on, :state, :replaces, :beside, :beside_words, :chosen, :harm, :permit.now_ms);

-- query measure_one : one; permit measure.edit; in id measure, since int64; out child child, name text, plan plan, drawer drawer, kind text?, words text, layer text, area text, from_on date, to_on date?, state text, result text?, who text?, answers text, beside_words text?, version int64, own int64, harm int64
SELECT c.id, @child_name(c), m.plan, m.drawer, m.kind, m.words, m.layer, m.area, m.from_on, m.to_on, m.state, m.result, COALESCE(u.name, y.name), s.name, m.beside_words, m.version, CASE WHEN m.drawer = :permit.drawer THEN 1 ELSE 0 END, m.harm
FROM measure m JOIN child c ON c.id = m.child JOIN assignment a ON a.id = m.assignment JOIN staff s ON s.id = a.staff LEFT JOIN unit u ON u.id = m.unit LEFT JOIN party y ON y.id = m.party
WHERE m.id = :id AND m.child = :permit.child AND @seen(m, :since);

-- The one that is meant to take its place, where the reader may see that one too.
-- query measure_replaced_by : maybe; permit measure.edit; in id measure, since int64; out id measure, words text, who text?
SELECT m.id, m.words, COALESCE(u.name, y.name) FROM measure m LEFT JOIN unit u ON u.id = m.unit LEFT JOIN party y ON y.id = m.party
WHERE m.replaces = :id AND m.child = :permit.child AND m.state <> 'ended' AND @seen(m, :since)
ORDER BY m.made_ms DESC LIMIT 1;

-- query measure_change : change 1; permit measure.edit; in id measure, version int64, state text, to_on date?, result text?, harm int64
UPDATE measure SET state = :state, to_on = :to_on, result = :result, harm = :harm, version = version + 1
WHERE id = :id AND child = :permit.child AND drawer = :permit.drawer AND version = :version AND state <> 'ended';

-- query measure_end_at_close : change; permit plan.close; in id measure, plan plan, result text
UPDATE measure SET state = 'ended', to_on = :permit.day, result = :result, version = version + 1
WHERE id = :id AND plan = :plan AND child = :permit.child AND drawer = :permit.drawer AND state <> 'ended';

-- Marked "harm to child" (OSL 12:3), or for a goal or need that is: what is given would tell what it is for.
-- snippet measure_harm : m
({m}.harm = 1 OR EXISTS (SELECT 1 FROM goal hg LEFT JOIN need hn ON hn.id = hg.need WHERE hg.id = {m}.goal AND (hg.harm = 1 OR hn.harm = 1)));

-- Two that are alike, for a family reader who may see both (OSL 12:3: harm = 1 is shown to nobody in the family but the
-- child itself), and about which nobody has said yet how they belong together.
-- query measure_pairs : many; permit plan.read|home.read; in child child, sees_harm int64; out one measure, one_kind text?, one_words text, one_who text?, two measure, two_kind text?, two_words text, two_who text?
SELECT a.id, a.kind, a.words, COALESCE(ua.name, ya.name), b.id, b.kind, b.words, COALESCE(ub.name, yb.name)
FROM measure a JOIN measure b ON b.child = a.child AND b.area = a.area AND b.id <> a.id AND (b.made_ms > a.made_ms OR (b.made_ms = a.made_ms AND b.id > a.id))
LEFT JOIN unit ua ON ua.id = a.unit LEFT JOIN party ya ON ya.id = a.party LEFT JOIN unit ub ON ub.id = b.unit LEFT JOIN party yb ON yb.id = b.party
WHERE a.child = :child AND a.state <> 'ended' AND b.state <> 'ended' AND (:sees_harm = 1 OR NOT (@measure_harm(a) OR @measure_harm(b)))
AND ((a.kind IS NULL AND b.kind IS NULL AND a.words = b.words) OR EXISTS (SELECT 1 FROM kind x JOIN kind y ON y.does = x.does WHERE x.code = a.kind AND y.code = b.kind))
AND (b.to_on IS NULL OR a.from_on <= b.to_on) AND (a.to_on IS NULL OR b.from_on <= a.to_on)
AND (b.replaces IS NULL OR b.replaces <> a.id) AND (b.beside IS NULL OR b.beside <> a.id) AND (a.replaces IS NULL OR a.replaces <> b.id) AND (a.beside IS NULL OR a.beside <> b.id)
ORDER BY a.from_on, a.id, b.id LIMIT 10;

-- query measure_correct_ties : change; permit child.correct; in measure measure
UPDATE measure SET replaces = CASE WHEN replaces = :measure THEN NULL ELSE replaces END, beside = CASE WHEN beside = :measure THEN NULL ELSE beside END, version = version + 1
WHERE child = :permit.child AND (replaces = :measure OR beside = :measure);

-- query measure_correct_gone : change 1; permit child.correct; in measure measure
DELETE FROM measure WHERE id = :measure AND drawer = :permit.drawer AND child = :permit.child;
