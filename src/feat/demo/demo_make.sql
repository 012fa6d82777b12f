-- The builder's own inserts: a bulk load into an empty database, before anybody can sign in. Each writes what the
-- owner of the table would write (design.md section 4); `tillsammans check` holds the result against the promises.

-- query demo_put_authority : change 1; permit none (making a demo); in id authority, name text, kind text, municipality text
INSERT INTO authority (id, name, kind, municipality) VALUES (:id, :name, :kind, :municipality);

-- query demo_put_drawer : change 1; permit none (making a demo); in id drawer, authority authority, regime text
INSERT INTO drawer (id, authority, regime) VALUES (:id, :authority, :regime);

-- query demo_put_unit : change 1; permit none (making a demo); in id unit, authority authority, name text, municipality text, phone text?, school_code text?
INSERT INTO unit (id, authority, name, municipality, phone, school_code) VALUES (:id, :authority, :name, :municipality, :phone, :school_code);

-- query demo_put_person : change 1; permit none (making a demo); in id person, phone text?
INSERT INTO person (id, phone) VALUES (:id, :phone);

-- query demo_put_identity : change 1; permit none (making a demo); in id identity, person person, source text, drawer drawer?, given text, family text, born date?, expected date?, kind text?, sealed blob?, number_index blob?, protection text, checked date
INSERT INTO identity (id, person, source, drawer, given_name, family_name, born_on, expected_on, number_kind, number_sealed, number_index, protection, checked_on)
VALUES (:id, :person, :source, :drawer, :given, :family, :born, :expected, :kind, :sealed, :number_index, :protection, :checked);

-- query demo_put_number : change 1; permit none (making a demo); in number_index blob, person person
INSERT INTO person_number (number_index, person) VALUES (:number_index, :person);

-- query demo_put_staff : change 1; permit none (making a demo); in id staff, person person, name text, phone text?
INSERT INTO staff (id, person, name, phone) VALUES (:id, :person, :name, :phone);

-- query demo_put_assignment : change 1; permit none (making a demo); in id assignment, staff staff, unit unit, drawer drawer, role text, title text, from date
INSERT INTO assignment (id, staff, unit, drawer, role, title, from_on) VALUES (:id, :staff, :unit, :drawer, :role, :title, :from);

-- query demo_put_deputy : change 1; permit none (making a demo); in id assignment, deputy assignment
UPDATE assignment SET deputy = :deputy WHERE id = :id;

-- query demo_put_absence : change 1; permit none (making a demo); in id absence, staff staff, from date, to date?
INSERT INTO absence (id, staff, from_on, to_on) VALUES (:id, :staff, :from, :to);

-- query demo_put_term : change 1; permit none (making a demo); in authority authority, from date, to date
INSERT INTO term (authority, from_on, to_on) VALUES (:authority, :from, :to);

-- query demo_put_child : change 1; permit none (making a demo); in id child, person person, name text, born date?, expected date?, shielded int64, made int64, controller authority
INSERT INTO child (id, person, name, born_on, expected_on, shielded, made_ms, controller, archive_owner)
VALUES (:id, :person, :name, :born, :expected, :shielded, :made, :controller, :controller);

-- query demo_put_relation : change 1; permit none (making a demo); in id relation, child child, person person, kind text, from date, to date?, source text, drawer drawer?, checked date
INSERT INTO relation (id, child, person, kind, from_on, to_on, source, drawer, checked_on) VALUES (:id, :child, :person, :kind, :from, :to, :source, :drawer, :checked);

-- Who works with a child knows its name: where neither the register nor the drawer has it, the drawer wrote it down itself.
-- query demo_put_own_name : change; permit none (making a demo); in id identity, child child, drawer drawer, given text, family text, checked date
INSERT INTO identity (id, person, source, drawer, given_name, family_name, protection, checked_on)
SELECT :id, c.person, 'hand', :drawer, :given, :family, 'none', :checked FROM child c WHERE c.id = :child
AND NOT EXISTS (SELECT 1 FROM identity i WHERE i.person = c.person AND (i.source IN ('register', 'family') OR i.drawer = :drawer));

-- query demo_put_engagement : change; permit none (making a demo); in id engagement, child child, unit unit, drawer drawer, assignment assignment, how text, from date, made int64
INSERT INTO engagement (id, child, unit, drawer, assignment, how, from_on, made_ms) VALUES (:id, :child, :unit, :drawer, :assignment, :how, :from, :made)
ON CONFLICT DO NOTHING;

-- query demo_put_plan : change 1; permit none (making a demo); in id plan, child child, drawer drawer, state text, lead assignment, next_step int64?, opened date, noticed date?, closed date?, came text?, view text?, no_view text?, call text?, last_step int64, made int64, controller authority
INSERT INTO plan (id, child, drawer, state, lead, next_step, opened_on, noticed_on, closed_on, closed_came, closed_view, closed_no_view, closed_call, last_step, made_ms, controller, archive_owner)
VALUES (:id, :child, :drawer, :state, :lead, :next_step, :opened, :noticed, :closed, :came, :view, :no_view, :call, :last_step, :made, :controller, :controller);

-- query demo_end_plan : change 1; permit none (making a demo); in id plan, state text, next_step int64?, closed date?, came text?, view text?, no_view text?, call text?, last_step int64
UPDATE plan SET state = :state, next_step = :next_step, closed_on = :closed, closed_came = :came, closed_view = :view, closed_no_view = :no_view, closed_call = :call, last_step = :last_step WHERE id = :id;

-- query demo_put_step : change 1; permit none (making a demo); in plan plan, number int64, id step, drawer drawer, state text, pattern text?, words text, reason text?, place text?, due date?, due_minute int64?, assignment assignment?, person person?, party party?, filler int64, harm int64, done int64?, done_by person?, made int64
INSERT INTO step (plan, number, id, drawer, state, pattern, words, reason, place, due_on, due_minute, owner_assignment, owner_person, owner_party, filler, harm, done_ms, done_by, made_ms)
VALUES (:plan, :number, :id, :drawer, :state, :pattern, :words, :reason, :place, :due, :due_minute, :assignment, :person, :party, :filler, :harm, :done, :done_by, :made);

-- query demo_put_need : change 1; permit none (making a demo); in id need, plan plan, drawer drawer, area text, words text, strength int64, made int64
INSERT INTO need (id, plan, drawer, area, words, strength, made_ms) VALUES (:id, :plan, :drawer, :area, :words, :strength, :made);

-- query demo_put_goal : change 1; permit none (making a demo); in id goal, plan plan, drawer drawer, need need, words text, followed date, made int64
INSERT INTO goal (id, plan, drawer, need, words, followed_on, made_ms) VALUES (:id, :plan, :drawer, :need, :words, :followed, :made);

-- query demo_kind : maybe; permit none (making a demo: the public catalogue); in code text; out layer text, area text
SELECT layer, area FROM kind WHERE code = :code;

-- query demo_put_measure : change 1; permit none (making a demo); in id measure, child child, plan plan, drawer drawer, goal goal?, kind text, words text, layer text, area text, unit unit, assignment assignment, from date, to date?, state text, result text?, made int64
INSERT INTO measure (id, child, plan, drawer, goal, kind, words, layer, area, unit, assignment, from_on, to_on, state, result, made_ms)
VALUES (:id, :child, :plan, :drawer, :goal, :kind, :words, :layer, :area, :unit, :assignment, :from, :to, :state, :result, :made);

-- query demo_put_thread : change 1; permit none (making a demo); in id thread, child child, plan plan?, drawer drawer, unit unit, assignment assignment, title text, state text, since date, next date?, next_words text?, meanwhile text?, heard date, made int64, controller authority
INSERT INTO thread (id, child, plan, drawer, unit, assignment, title, state, since_on, next_on, next_words, meanwhile, heard_on, made_ms, controller, archive_owner)
VALUES (:id, :child, :plan, :drawer, :unit, :assignment, :title, :state, :since, :next, :next_words, :meanwhile, :heard, :made, :controller, :controller);

-- query demo_put_layer : change 1; permit none (making a demo); in id item, plan plan, kind text, drawer drawer, from date, measures text?, who text?, others text?, main text?, consent waiver?, made int64
INSERT INTO layer (id, plan, kind, drawer, from_on, measures_words, who_words, others_words, main_words, consent, made_ms)
VALUES (:id, :plan, :kind, :drawer, :from, :measures, :who, :others, :main, :consent, :made);

-- query demo_put_party : change 1; permit none (making a demo); in id party, plan plan, name text, phone text?, answered_on date?, answered text?, made int64
INSERT INTO party (id, plan, name, phone, answered_on, answered, made_ms) VALUES (:id, :plan, :name, :phone, :answered_on, :answered, :made);

-- query demo_put_handover : change 1; permit none (making a demo); in id handover, plan plan, giver assignment, receiver assignment, words text, state text, asked int64, answered int64?
INSERT INTO handover (id, plan, giver, receiver, words, state, asked_ms, answered_ms) VALUES (:id, :plan, :giver, :receiver, :words, :state, :asked, :answered);

-- query demo_put_waiver : change 1; permit none (making a demo); in id waiver, child child, asked_by assignment, purpose text, content text, from date, to date, state text, child_view text, asked int64, valid int64?, ended int64?
INSERT INTO waiver (id, child, asked_by, purpose, content, from_on, to_on, state, child_view, how_checked, asked_ms, valid_ms, ended_ms)
VALUES (:id, :child, :asked_by, :purpose, :content, :from, :to, :state, :child_view, 'signed_in', :asked, :valid, :ended);

-- query demo_put_waiver_drawer : change 1; permit none (making a demo); in waiver waiver, drawer drawer, side text
INSERT INTO waiver_drawer (waiver, drawer, side) VALUES (:waiver, :drawer, :side);

-- query demo_put_waiver_answer : change 1; permit none (making a demo); in waiver waiver, person person, says text, at int64?, how text?
INSERT INTO waiver_answer (waiver, person, says, at_ms, how) VALUES (:waiver, :person, :says, :at, :how);

-- query demo_put_disclosure : change 1; permit none (making a demo); in id disclosure, child child, item_kind text, item item, from drawer, to drawer, ground text, waiver waiver?, need text?, received text, decided_by assignment, at int64
INSERT INTO disclosure (id, child, item_kind, item, from_drawer, to_drawer, ground, waiver, need, received, decided_by, at_ms)
VALUES (:id, :child, :item_kind, :item, :from, :to, :ground, :waiver, :need, :received, :decided_by, :at);

-- query demo_put_task : change 1; permit none (making a demo); in id task, kind text, child child, plan plan?, drawer drawer, assignment assignment, deputy assignment?, item_kind text?, item item?, to_drawer drawer?, ground text?, words text, due date, made int64
INSERT INTO task (id, kind, child, plan, drawer, assignment, deputy, item_kind, item, to_drawer, ground, words, due_on, state, made_ms)
VALUES (:id, :kind, :child, :plan, :drawer, :assignment, :deputy, :item_kind, :item, :to_drawer, :ground, :words, :due, 'open', :made);

-- query demo_put_paper : change 1; permit none (making a demo); in id paper, child child, question waiver, person person, checked text, drawer drawer, by assignment, at int64, task task, ends date
INSERT INTO paper (id, child, question_kind, question, person, how, checked, drawer, written_by, written_ms, task, ends_on, state)
VALUES (:id, :child, 'waiver', :question, :person, 'meeting', :checked, :drawer, :by, :at, :task, :ends, 'waiting');

-- query demo_put_letter : change 1; permit none (making a demo); in id letter, child child, author person, kind text, to assignment, words text, sent int64, read int64?, read_by assignment?, answer text?, answered int64?, answered_by assignment?
INSERT INTO letter (id, child, author, kind, to_assignment, words, sent_ms, read_ms, read_by, answer, answered_ms, answered_by)
VALUES (:id, :child, :author, :kind, :to, :words, :sent, :read, :read_by, :answer, :answered, :answered_by);

-- query demo_put_voice : change 1; permit none (making a demo); in id voice, child child, author person, drawer drawer, reader assignment, mood text?, words text?, sent int64, read_by_on date, read int64?, read_by assignment?, climbed int64, in_plan int64
INSERT INTO voice (id, child, author, drawer, reader, mood, words, sent_ms, read_by_on, read_ms, read_by, climbed, in_plan)
VALUES (:id, :child, :author, :drawer, :reader, :mood, :words, :sent, :read_by_on, :read, :read_by, :climbed, :in_plan);

-- query demo_put_story : change 1; permit none (making a demo); in id story, child child, author person, words text, changed int64
INSERT INTO story (id, child, author, words, changed_ms) VALUES (:id, :child, :author, :words, :changed);

-- query demo_put_loan : change 1; permit none (making a demo); in id story_loan, story story, assignment assignment, from int64, to date
INSERT INTO story_loan (id, story, assignment, from_ms, to_on) VALUES (:id, :story, :assignment, :from, :to);

-- query demo_put_invitation : change 1; permit none (making a demo); in id invitation, child child, assignment assignment, plan plan?, words text, noticed date?, state text, answered_by person?, made int64, answered int64?
INSERT INTO invitation (id, child, assignment, plan, words, noticed_on, state, answered_by, made_ms, answered_ms)
VALUES (:id, :child, :assignment, :plan, :words, :noticed, :state, :answered_by, :made, :answered);

-- query demo_put_invitation_open : change 1; permit none (making a demo); in id invitation, child child, assignment assignment, words text, with_whom text, next_words text, next date, made int64
INSERT INTO invitation (id, child, assignment, words, with_whom, next_words, next_on, state, made_ms)
VALUES (:id, :child, :assignment, :words, :with_whom, :next_words, :next, 'asked', :made);

-- query demo_put_invitation_answer : change 1; permit none (making a demo); in invitation invitation, person person
INSERT INTO invitation_answer (invitation, person, says) VALUES (:invitation, :person, 'asked');

-- query demo_put_letter_out : change 1; permit none (making a demo); in id letter, child child, author person, to_words text, words text, sent int64
INSERT INTO letter (id, child, author, kind, to_words, words, sent_ms, read_ms) VALUES (:id, :child, :author, 'hand_on', :to_words, :words, :sent, :sent);

-- query demo_put_quarantine : change 1; permit none (making a demo); in id quarantine, drawer drawer, source text, external_id text, reason text, payload blob, payload_index blob, candidate person, made int64
INSERT INTO quarantine (id, drawer, source, external_id, reason, payload, payload_index, candidate, state, made_ms)
VALUES (:id, :drawer, :source, :external_id, :reason, :payload, :payload_index, :candidate, 'open', :made);

-- query demo_put_role : change 1; permit none (making a demo); in role text, rank int64, person person, assignment assignment?, child child?, plan plan?, start text
INSERT INTO demo_role (role, rank, person, assignment, child, plan, start) VALUES (:role, :rank, :person, :assignment, :child, :plan, :start);

-- query demo_anybody : one; permit none (is the database empty?); out n int64
SELECT CASE WHEN EXISTS (SELECT 1 FROM person) OR EXISTS (SELECT 1 FROM setting) THEN 1 ELSE 0 END;

-- Who could have looked at what: staff at children they work with, guardians at their own.
-- query demo_lookers : many; permit none (making a demo); in day date; out child child, plan plan, person person, staff staff?, assignment assignment?, unit unit?, own int64
SELECT p.child, p.id, s.person, s.id, a.id, a.unit, 0 FROM (SELECT id, child FROM plan WHERE state = 'open' AND (id IN (SELECT plan FROM demo_role) OR id IN (SELECT o.id FROM plan o WHERE o.state = 'open' ORDER BY o.child LIMIT 20))) p
JOIN engagement e ON e.child = p.child AND e.to_on IS NULL JOIN assignment a ON a.id = e.assignment JOIN staff s ON s.id = a.staff
UNION ALL
SELECT p.child, p.id, r.person, NULL, NULL, NULL, 1 FROM (SELECT id, child FROM plan WHERE state = 'open' AND (id IN (SELECT plan FROM demo_role) OR id IN (SELECT o.id FROM plan o WHERE o.state = 'open' ORDER BY o.child LIMIT 20))) p
JOIN relation r ON r.child = p.child AND r.kind = 'guardian' AND (r.to_on IS NULL OR r.to_on >= :day)
ORDER BY 1, 3;

-- query demo_put_left : change 1; permit none (making a demo); in id left, relation relation, drawer drawer, made_ms int64
INSERT INTO relation_left (id, relation, drawer, why, state, made_ms) VALUES (:id, :relation, :drawer, 'deleted', 'open', :made_ms);

-- What a source of a drawer says of somebody whom the register knows, with the source's own id.
-- query demo_put_source_id : change 1; permit none (making a demo); in id identity, person person, drawer drawer, external_id text, checked date
INSERT INTO identity (id, person, source, drawer, external_id, given_name, family_name, born_on, protection, checked_on)
SELECT :id, i.person, 'care', :drawer, :external_id, i.given_name, i.family_name, i.born_on, i.protection, :checked FROM identity i WHERE i.person = :person AND i.source = 'register';

-- The authority's own administrator asks for it.
-- query demo_put_ask : change 1; permit none (making a demo); in id ask, authority authority, unit unit, drawer drawer, title text, from date, made_ms int64
INSERT INTO assignment_ask (id, staff, unit, drawer, role, title, from_on, asked_by, asked_ms, state)
SELECT :id, a.staff, :unit, :drawer, 'professional', :title, :from, a.id, :made_ms, 'open' FROM assignment a JOIN drawer d ON d.id = a.drawer
WHERE a.role = 'administrator' AND d.authority = :authority ORDER BY a.id LIMIT 1;
