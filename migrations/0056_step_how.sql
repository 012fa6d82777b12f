-- How the youth wants to meet: its own choice on a step, by nobody else. Owner: plan.
ALTER TABLE step ADD COLUMN how TEXT CHECK (how IN ('chat', 'walk', 'home', 'video', 'phone')); -- NULL: not chosen
