-- Names (design.md section 4): each source keeps its own. A drawer sees what it wrote itself, what the register says and
-- what the family says, never what another drawer wrote: that another one knows the child is a secret too (promise 7).

-- The row of identity by which a drawer knows somebody: its own word, else the register's, else the family's.
-- snippet identity_of : person, drawer
(SELECT nm.id FROM identity nm WHERE nm.person = {person} AND (nm.drawer = {drawer} OR nm.source IN ('register', 'family'))
	ORDER BY CASE WHEN nm.drawer = {drawer} THEN 0 WHEN nm.source = 'register' THEN 1 ELSE 2 END, nm.id LIMIT 1);

-- The given name by which a drawer knows somebody; NULL: it knows none. Drawer 0 (the family): the register's, its own.
-- snippet given_of : person, drawer
(SELECT nm.given_name FROM identity nm WHERE nm.person = {person} AND (nm.drawer = {drawer} OR nm.source IN ('register', 'family'))
	ORDER BY CASE WHEN nm.drawer = {drawer} THEN 0 WHEN nm.source = 'register' THEN 1 ELSE 2 END, nm.id LIMIT 1);

-- What the family calls one of its own: its own word, the register's, else anybody's. No secret to the family, and whose
-- word it is is not told.
-- snippet family_given : person
COALESCE((SELECT nm.given_name FROM identity nm WHERE nm.person = {person} AND nm.source = 'family' LIMIT 1),
	(SELECT nm.given_name FROM identity nm WHERE nm.person = {person} AND nm.source = 'register' LIMIT 1),
	(SELECT nm.given_name FROM identity nm WHERE nm.person = {person} ORDER BY nm.id LIMIT 1));

-- The child's name for this reader; empty: none that it may know, and the page says "the child" (web_called). The family
-- reads child.name, which it may mend; for staff that is the word of whoever registered the child first.
-- snippet child_name : c
CASE WHEN :permit.drawer = 0 THEN {c}.name ELSE COALESCE(@given_of({c}.person, :permit.drawer), '') END;
