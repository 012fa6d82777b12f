-- The small world that the web ring plays in. Everybody here is invented. It is 18 November 2026.
-- actor: who can act in a .http file.
BEGIN;
CREATE TABLE actor (name TEXT PRIMARY KEY, person BIGINT NOT NULL, assignment BIGINT);
INSERT INTO setting VALUES ('mode', 'demo');
INSERT INTO authority (id, name, kind, municipality) VALUES (1, 'Gnesta barn- och utbildningsnämnd', 'board', '0461'), (2, 'Gnesta socialnämnd', 'board', '0461'),
	(3, 'Region Sörmland', 'region', '0004'), (4, 'Nyköpings socialnämnd', 'board', '0480'), (5, 'Friskolan Linden', 'independent', '0461');
INSERT INTO drawer (id, authority, regime) VALUES (11, 1, 'SCHOOL_TEACHER'), (12, 1, 'SCHOOL_PSYCHOSOCIAL'), (13, 1, 'SCHOOL_NURSE'), (14, 1, 'PRESCHOOL'),
	(21, 2, 'SOC'), (31, 3, 'BUP'), (32, 3, 'BVC'), (41, 4, 'SOC'), (51, 5, 'INDEPENDENT_SCHOOL');
INSERT INTO unit (id, authority, name, municipality, phone) VALUES (101, 1, 'Ekbackens skola', '0461', '0158-100 01'), (201, 2, 'Barn och unga', '0461', '0158-100 02'),
	(202, 2, 'Familjecentralen', '0461', '0158-100 03'), (301, 3, 'BUP Nyköping', '0480', '0155-100 04'), (302, 3, 'BVC Gnesta', '0461', '0158-100 05'), (401, 4, 'Familjeenheten', '0480', '0155-100 06');
INSERT INTO person (id) VALUES (1001), (1002), (1003), (1004), (1005), (1006), (1007), (1008), (1009), (1010), (1011), (1012), (1013),
	(2001), (2002), (2004), (2005), (2006), (2007), (2011), (2012), (2013), (2014), (2015), (2016);
INSERT INTO staff (id, person, name, phone) VALUES (901, 1001, 'Tess Lärarsson', NULL), (902, 1002, 'Kim Kurator', '0158-100 12'), (903, 1003, 'Nils Skolsköterska', NULL),
	(904, 1004, 'Sol Socialsson', '0158-100 14'), (905, 1005, 'Bo Bupsson', NULL), (906, 1006, 'Bea Bvcsson', NULL), (907, 1007, 'Fia Familj', NULL),
	(908, 1008, 'Mia Chefsson', NULL), (909, 1009, 'Rut Rektorsson', NULL), (910, 1010, 'Ada Adminsson', NULL), (911, 1011, 'Dan Deputysson', NULL),
	(912, 1012, 'Nora Nyköping', NULL), (913, 1013, 'Tom Främmande', NULL);
INSERT INTO assignment (id, staff, unit, drawer, role, title, from_on, deputy) VALUES (1101, 901, 101, 11, 'professional', 'lärare', '2026-01-01', NULL),
	(1102, 902, 101, 12, 'professional', 'kurator', '2026-01-01', NULL), (1103, 903, 101, 13, 'professional', 'skolsköterska', '2026-01-01', NULL),
	(1111, 911, 201, 21, 'professional', 'socialsekreterare', '2026-01-01', NULL), (1104, 904, 201, 21, 'professional', 'socialsekreterare', '2026-01-01', 1111),
	(1105, 905, 301, 31, 'professional', 'sjuksköterska', '2026-01-01', NULL), (1106, 906, 302, 32, 'professional', 'BVC-sjuksköterska', '2026-01-01', NULL),
	(1107, 907, 202, 21, 'professional', 'familjepedagog', '2026-01-01', NULL), (1108, 908, 201, 21, 'manager', 'enhetschef', '2026-01-01', NULL),
	(1109, 909, 101, 12, 'manager', 'rektor', '2026-01-01', NULL), (1110, 910, 201, 21, 'administrator', 'administratör', '2026-01-01', NULL),
	(1112, 912, 401, 41, 'professional', 'socialsekreterare', '2026-01-01', NULL), (1113, 913, 101, 11, 'professional', 'lärare', '2026-01-01', NULL);
INSERT INTO identity (id, person, source, drawer, given_name, family_name, born_on, protection, checked_on) VALUES
	(3001, 2001, 'register', NULL, 'Sara', 'Holm', '1988-04-04', 'none', '2026-01-01'), (3002, 2002, 'register', NULL, 'Erik', 'Holm', '1986-05-05', 'none', '2026-01-01'),
	(3004, 2004, 'register', NULL, 'Petra', 'Lund', '1990-06-06', 'none', '2026-01-01'), (3005, 2005, 'register', NULL, 'Birgit', 'Ståhl', '1970-07-07', 'none', '2026-01-01'),
	(3006, 2006, 'register', NULL, 'Sanna', 'Skydd', '1991-08-08', 'sekretessmarkering', '2026-01-01'), (3007, 2007, 'register', NULL, 'Olle', 'Ek', '1980-09-09', 'none', '2026-01-01'),
	(3011, 2011, 'register', NULL, 'Ella', 'Holm', '2018-03-12', 'none', '2026-01-01'), (3012, 2012, 'register', NULL, 'Leo', 'Holm', '2024-05-01', 'none', '2026-01-01'),
	(3013, 2013, 'register', NULL, 'Alva', 'Nyberg', '2011-02-03', 'none', '2026-01-01'), (3014, 2014, 'register', NULL, 'Nisse', 'Lund', '2022-02-02', 'none', '2026-01-01'),
	(3015, 2015, 'register', NULL, 'Stina', 'Skydd', '2017-01-01', 'sekretessmarkering', '2026-01-01'), (3016, 2016, 'register', NULL, 'Adam', 'Ek', '2008-11-18', 'none', '2026-01-01');
INSERT INTO child (id, person, name, born_on, shielded, made_ms, controller, archive_owner) VALUES (10, 2011, 'Ella', '2018-03-12', 0, 1, 1, 1), (11, 2012, 'Leo', '2024-05-01', 0, 1, 2, 2),
	(12, 2013, 'Alva', '2011-02-03', 0, 1, 1, 1), (13, 2014, 'Nisse', '2022-02-02', 0, 1, 2, 2), (14, 2015, 'Stina', '2017-01-01', 1, 1, 2, 2), (15, 2016, 'Adam', '2008-11-18', 0, 1, 1, 1);
INSERT INTO relation (id, child, person, kind, from_on, source, checked_on) VALUES (4001, 10, 2001, 'guardian', '2018-03-12', 'register', '2026-01-01'), (4002, 10, 2002, 'guardian', '2018-03-12', 'register', '2026-01-01'),
	(4003, 11, 2001, 'guardian', '2024-05-01', 'register', '2026-01-01'), (4004, 12, 2004, 'guardian', '2011-02-03', 'register', '2026-01-01'),
	(4005, 13, 2004, 'guardian', '2022-02-02', 'register', '2026-01-01'), (4006, 13, 2005, 'carer', '2025-02-02', 'register', '2026-01-01'),
	(4007, 14, 2006, 'guardian', '2017-01-01', 'register', '2026-01-01'), (4008, 15, 2007, 'guardian', '2008-11-18', 'register', '2026-01-01');
INSERT INTO engagement (id, child, unit, drawer, assignment, how, from_on, made_ms) VALUES (5001, 10, 101, 11, 1101, 'import', '2026-08-01', 1), (5002, 10, 101, 12, 1102, 'invitation', '2026-08-01', 1),
	(5003, 10, 101, 13, 1103, 'import', '2026-08-01', 1), (5004, 10, 201, 21, 1104, 'invitation', '2026-08-01', 1), (5005, 10, 301, 31, 1105, 'invitation', '2026-08-01', 1),
	(5006, 11, 201, 21, 1104, 'invitation', '2026-08-01', 1), (5007, 11, 302, 32, 1106, 'import', '2026-08-01', 1), (5008, 12, 101, 12, 1102, 'invitation', '2026-08-01', 1),
	(5009, 12, 301, 31, 1105, 'invitation', '2026-08-01', 1), (5010, 13, 201, 21, 1104, 'invitation', '2026-08-01', 1), (5011, 14, 201, 21, 1104, 'invitation', '2026-08-01', 1),
	(5012, 15, 101, 12, 1102, 'invitation', '2026-08-01', 1);
INSERT INTO plan (id, child, drawer, state, lead, next_step, opened_on, last_step, made_ms, controller, archive_owner) VALUES (30, 10, 12, 'open', 1102, 2, '2026-09-01', 3, 1, 1, 1),
	(31, 11, 21, 'open', 1104, 1, '2026-09-01', 1, 1, 2, 2), (32, 12, 12, 'open', 1102, 1, '2026-09-01', 1, 1, 1, 1), (33, 13, 21, 'open', 1104, 1, '2026-09-01', 1, 1, 2, 2),
	(34, 15, 12, 'open', 1102, 1, '2026-09-01', 1, 1, 1, 1);
INSERT INTO step (plan, number, id, drawer, state, words, reason, due_on, owner_assignment, owner_person, harm, done_ms, made_ms) VALUES
	(30, 1, 40, 12, 'done', 'Kim pratar med Ella.', NULL, '2026-10-01', 1102, NULL, 0, 1, 1),
	(30, 2, 41, 12, 'next', 'Kim ringer Sara om första veckorna.', 'Ella har ont i magen på morgnarna', '2026-11-24', 1102, NULL, 0, NULL, 1),
	(30, 3, 42, 12, 'later', 'Kim frågar hur det är hemma.', NULL, '2026-12-01', 1102, NULL, 1, NULL, 1),
	(31, 1, 43, 21, 'next', 'Du ringer BVC och bokar tid.', NULL, '2026-11-20', NULL, 2001, 0, NULL, 1),
	(32, 1, 44, 12, 'next', 'Kim och Alva tar en promenad.', NULL, '2026-11-25', 1102, NULL, 0, NULL, 1),
	(33, 1, 45, 21, 'next', 'Sol besöker Nisse.', NULL, '2026-11-26', 1104, NULL, 0, NULL, 1),
	(34, 1, 46, 12, 'next', 'Kim ringer Adam.', NULL, '2026-11-26', 1102, NULL, 0, NULL, 1);
INSERT INTO thread (id, child, plan, drawer, unit, assignment, title, state, since_on, next_on, heard_on, harm, made_ms, controller, archive_owner) VALUES
	(51, 10, 30, 12, 101, 1102, 'Elevhälsan', 'active', '2026-09-07', '2026-12-01', '2026-10-01', 0, 1, 1, 1),
	(52, 10, 30, 31, 301, 1105, 'Barn- och ungdomspsykiatrin', 'queue', '2026-03-03', '2027-01-16', '2026-10-01', 0, 1, 3, 3),
	(53, 10, NULL, 21, 201, 1104, 'Samtal om hemma', 'active', '2026-10-03', '2026-12-16', '2026-10-01', 1, 1, 2, 2),
	(54, 11, 31, 21, 201, 1104, 'Familjestödet', 'waiting_you', '2026-10-01', '2026-11-30', '2026-10-01', 0, 1, 2, 2),
	(55, 12, 32, 31, 301, 1105, 'BUP-samtal', 'active', '2026-09-01', '2026-12-02', '2026-10-01', 0, 1, 3, 3);
INSERT INTO waiver (id, child, asked_by, purpose, content, from_on, to_on, state, child_view, how_checked, asked_ms, valid_ms) VALUES
	(71, 10, 1102, 'Att skolan, socialtjänsten och BUP drar åt samma håll.', 'plan', '2026-09-10', '2027-06-11', 'valid', 'agrees', 'signed_in', 1, 2);
INSERT INTO waiver_drawer (waiver, drawer, side) VALUES (71, 12, 'holder'), (71, 12, 'recipient'), (71, 11, 'recipient'), (71, 21, 'recipient'), (71, 31, 'recipient'), (71, 31, 'holder'), (71, 21, 'holder');
INSERT INTO waiver_answer (waiver, person, says, at_ms, how) VALUES (71, 2001, 'yes', 2, 'signed_in'), (71, 2002, 'yes', 2, 'signed_in');
INSERT INTO disclosure (id, child, item_kind, item, from_drawer, to_drawer, ground, waiver, received, decided_by, at_ms) VALUES
	(81, 10, 'plan', 30, 12, 11, 'WAIVER', 71, 'Plan för Ella', 1102, 3), (82, 10, 'plan', 30, 12, 21, 'WAIVER', 71, 'Plan för Ella', 1102, 3), (83, 10, 'plan', 30, 12, 31, 'WAIVER', 71, 'Plan för Ella', 1102, 3),
	(84, 10, 'step', 41, 12, 11, 'WAIVER', 71, 'Kim ringer Sara om första veckorna.', 1102, 3), (85, 10, 'step', 41, 12, 21, 'WAIVER', 71, 'Kim ringer Sara om första veckorna.', 1102, 3),
	(86, 10, 'thread', 52, 31, 12, 'WAIVER', 71, 'Barn- och ungdomspsykiatrin', 1105, 3);
INSERT INTO actor VALUES ('tess', 1001, 1101), ('kim', 1002, 1102), ('nils', 1003, 1103), ('sol', 1004, 1104), ('bo', 1005, 1105), ('bea', 1006, 1106), ('fia', 1007, 1107),
	('mia', 1008, 1108), ('rut', 1009, 1109), ('ada', 1010, 1110), ('dan', 1011, 1111), ('nora', 1012, 1112), ('tom', 1013, 1113),
	('sara', 2001, NULL), ('erik', 2002, NULL), ('petra', 2004, NULL), ('birgit', 2005, NULL), ('sanna', 2006, NULL), ('olle', 2007, NULL), ('alva', 2013, NULL), ('adam', 2016, NULL), ('ella', 2011, NULL);
COMMIT;
