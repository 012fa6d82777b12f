-- Who disputed something ends that by its own word (SoL 14:6): the mark goes, the letter and its answer stay. Owner: letter.
ALTER TABLE letter ADD COLUMN ended_ms INT8; -- instant; NULL: still disputed, or no dispute
