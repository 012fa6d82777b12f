-- One more drawer comes into a plan: its family's yes to the invitation is a yes to sharing both ways (promise 4).

-- query share_join_put : change 1; permit invitation.answer|paper.answer; in id waiver, asked_by assignment, purpose text, until date, child_view text, child_how text?, how text, asked_ms int64
INSERT INTO waiver (id, child, asked_by, purpose, content, from_on, to_on, state, child_view, child_how, how_checked, asked_ms, valid_ms)
VALUES (:id, :permit.child, :asked_by, :purpose, 'plan', :permit.day, :until, 'valid', :child_view, :child_how, :how, :asked_ms, :permit.now_ms);

-- query share_join_side : change 1; permit invitation.answer|paper.answer; in waiver waiver, drawer drawer, side text
INSERT INTO waiver_drawer (waiver, drawer, side) VALUES (:waiver, :drawer, :side);

-- query share_join_yes : change 1; permit invitation.answer|paper.answer; in waiver waiver, person person, how text, by assignment?, checked text?
INSERT INTO waiver_answer (waiver, person, says, at_ms, how, recorded_by, checked) VALUES (:waiver, :person, 'yes', :permit.now_ms, :how, :by, :checked);
