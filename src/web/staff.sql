-- Who somebody at work is (web/staff.h).

-- query staff_card : maybe; permit none (names at work, and the page that says them has its permit); in assignment assignment; out name text, title text, unit text, phone text?, to date?
SELECT s.name, a.title, u.name, COALESCE(s.phone, u.phone), a.to_on
FROM assignment a JOIN staff s ON s.id = a.staff JOIN unit u ON u.id = a.unit WHERE a.id = :assignment;

-- From that day on: what is past is asked for by nobody.
-- query staff_away : many; permit none (names at work, and the page that says them has its permit); in assignment assignment, day date; out from date, to date?
SELECT x.from_on, x.to_on FROM assignment a JOIN absence x ON x.staff = a.staff
WHERE a.id = :assignment AND (x.to_on IS NULL OR x.to_on >= :day) ORDER BY x.from_on;

-- query staff_regime : maybe; permit none (which regime a drawer has is in the public record of the authority); in drawer drawer; out regime text
SELECT regime FROM drawer WHERE id = :drawer;
