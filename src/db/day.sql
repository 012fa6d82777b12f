-- What holds on a day, said once. Days are civil days in ISO text; the last day counts, and NULL goes on.

-- A row with from_on and to_on holds on that day: an assignment, an engagement, a relation, an absence.
-- snippet in_force : x, day
({x}.from_on <= {day} AND ({x}.to_on IS NULL OR {x}.to_on >= {day}));

-- Somebody at work is away that day: ill, on leave (promise 2).
-- snippet away : staff, day
EXISTS (SELECT 1 FROM absence gone WHERE gone.staff = {staff} AND @in_force(gone, {day}));

-- An assignment whose work is mine: my own, or one that named me as deputy while its holder is away or has left (promise 2).
-- snippet covered : a, mine, day
({a}.id = {mine} OR ({a}.deputy = {mine} AND (({a}.to_on IS NOT NULL AND {a}.to_on < {day}) OR @away({a}.staff, {day}))));
