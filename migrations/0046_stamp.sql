-- What pages are made of, stamped by the database itself: no code path, import or second copy of the program can change
-- something and leave a page standing that was made before (promise 5; web/kept.h). content_version of a child grows with
-- every row of it; org_stamp grows with whatever pages show of units and staff.
CREATE TABLE org_stamp (                -- owner: access. One row.
	one INT8 PRIMARY KEY CHECK (one = 1),
	version INT8 NOT NULL);
INSERT INTO org_stamp (one, version) VALUES (1, 1);

-- stamp authority org
-- stamp drawer org
-- stamp unit org
-- stamp staff org
-- stamp assignment org
-- stamp absence org
-- stamp term org
-- stamp kind org

-- stamp child(name, born_on, expected_on, shielded, person) child ROW.id
-- stamp person(phone) child SELECT c.id FROM child c WHERE c.person = ROW.id UNION ALL SELECT r.child FROM relation r WHERE r.person = ROW.id
-- stamp identity child SELECT c.id FROM child c WHERE c.person = ROW.person UNION ALL SELECT r.child FROM relation r WHERE r.person = ROW.person
-- stamp relation child ROW.child
-- stamp engagement child ROW.child
-- stamp plan child ROW.child
-- stamp party child SELECT p.child FROM plan p WHERE p.id = ROW.plan
-- stamp step child SELECT p.child FROM plan p WHERE p.id = ROW.plan
-- stamp need child SELECT p.child FROM plan p WHERE p.id = ROW.plan
-- stamp goal child SELECT p.child FROM plan p WHERE p.id = ROW.plan
-- stamp layer child SELECT p.child FROM plan p WHERE p.id = ROW.plan
-- stamp handover child SELECT p.child FROM plan p WHERE p.id = ROW.plan
-- stamp thread child ROW.child
-- stamp measure child ROW.child
-- stamp waiver child ROW.child
-- stamp waiver_answer child SELECT w.child FROM waiver w WHERE w.id = ROW.waiver
-- stamp waiver_drawer child SELECT w.child FROM waiver w WHERE w.id = ROW.waiver
-- stamp disclosure child ROW.child
-- stamp letter child ROW.child
-- stamp voice child ROW.child
-- stamp story child ROW.child
-- stamp story_loan child SELECT s.child FROM story s WHERE s.id = ROW.story
-- stamp invitation child ROW.child
-- stamp invitation_answer child SELECT i.child FROM invitation i WHERE i.id = ROW.invitation
-- stamp correction child ROW.child
