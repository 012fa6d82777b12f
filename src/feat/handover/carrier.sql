-- Of a plan's lead, or (plan 0) of the assignment that is named.
-- query carrier_facts : one; permit none (staff at work only: the caller has found the plan by its own permit); in plan plan, assignment assignment, day date;
--   out lead assignment, name text, title text, unit text, phone text?, in_force int64, away int64, back date?,
--   deputy assignment?, deputy_name text?, deputy_title text?, deputy_unit text?, deputy_phone text?, deputy_here int64,
--   manager assignment?, manager_name text?, manager_title text?, manager_phone text?
SELECT a.id, s.name, a.title, u.name, COALESCE(s.phone, u.phone),
	CASE WHEN @in_force(a, :day) THEN 1 ELSE 0 END,
	CASE WHEN @away(a.staff, :day) THEN 1 ELSE 0 END,
	(SELECT max(x.to_on) FROM absence x WHERE x.staff = a.staff AND @in_force(x, :day)),
	d.id, ds.name, d.title, du.name, COALESCE(ds.phone, du.phone),
	CASE WHEN @in_force(d, :day)
		AND NOT @away(d.staff, :day) THEN 1 ELSE 0 END,
	m.id, ms.name, m.title, COALESCE(ms.phone, u.phone)
FROM assignment a JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit
LEFT JOIN assignment d ON d.id = a.deputy LEFT JOIN staff ds ON ds.id = d.staff LEFT JOIN unit du ON du.id = d.unit
LEFT JOIN assignment m ON m.id = (SELECT y.id FROM assignment y WHERE y.unit = a.unit AND y.id <> a.id AND y.role = 'manager' AND @in_force(y, :day)
	ORDER BY CASE WHEN @away(y.staff, :day) THEN 1 ELSE 0 END, y.id LIMIT 1)
LEFT JOIN staff ms ON ms.id = m.staff
WHERE a.id = CASE WHEN :plan = 0 THEN :assignment ELSE (SELECT p.lead FROM plan p WHERE p.id = :plan AND p.state = 'open') END;
