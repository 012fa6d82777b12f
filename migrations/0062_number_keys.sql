-- The master key changes hands: every number that is found by a keyed index must be readable to be given a new index.
-- What a source says of a person has its number sealed beside it (identity); a number that a person has decided is
-- theirs too stood in the index alone.
ALTER TABLE person_number ADD COLUMN number_sealed BYTES; -- auth/seal.h, row id: the person's; NULL: an identity's row holds it
