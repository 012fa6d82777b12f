-- query plan_lead_set : change 1; permit handover.answer; in plan plan, giver assignment, receiver assignment
UPDATE plan SET lead = :receiver, contact = CASE WHEN contact = :giver OR contact = :receiver THEN NULL ELSE contact END, version = version + 1
WHERE id = :plan AND lead = :giver AND state = 'open';

-- query plan_lead_step : change; permit handover.answer; in plan plan, giver assignment, receiver assignment
UPDATE step SET owner_assignment = :receiver, version = version + 1
WHERE plan = :plan AND state = 'next' AND owner_assignment = :giver
AND (filler = 1 OR EXISTS (SELECT 1 FROM assignment a WHERE a.id = :giver AND a.to_on < :permit.day));
