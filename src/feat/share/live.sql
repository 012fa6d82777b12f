-- THE live view (promises 3 to 5): what staff may see now of what other drawers hold. Every page, list, print and
-- search goes through one of these words; the workshop refuses a query that names disclosure_live itself, so that none
-- can forget the day, or since when. (gen/README.md: snippets.)

-- An item that is the reader's own drawer's, or disclosed to it now. x: the short name of the item's table. since:
-- permit_since_ms(permit): whoever let themselves in sees nothing older until it is confirmed (design.md section 4).
-- snippet seen : x, since; guards disclosure_live
(@own({x}, {since}) OR @live('{x.table}', {x}.id, {since}));

-- The reader's own drawer's: to change, to end, to take back.
-- snippet own : x, since
({x}.drawer = :permit.drawer AND {x}.made_ms >= {since});

-- Disclosed to the reader's drawer now.
-- snippet live : kind, item, since; guards disclosure_live
EXISTS (SELECT 1 FROM disclosure_live dl WHERE dl.item_kind = {kind} AND dl.item = {item} AND dl.to_drawer = :permit.drawer
	AND dl.at_ms >= {since} AND dl.from_on <= :permit.day AND dl.to_on >= :permit.day);

-- The same, and by that drawer.
-- snippet live_from : kind, item, from, since; guards disclosure_live
EXISTS (SELECT 1 FROM disclosure_live dl WHERE dl.item_kind = {kind} AND dl.item = {item} AND dl.from_drawer = {from} AND dl.to_drawer = :permit.drawer
	AND dl.at_ms >= {since} AND dl.from_on <= :permit.day AND dl.to_on >= :permit.day);

-- Is it disclosed to a drawer at all? For what is done before somebody works with the child there (who can take over),
-- and never for what the reader is shown: that is seen, which asks since when.
-- snippet reaches : kind, item, drawer; guards disclosure_live
EXISTS (SELECT 1 FROM disclosure_live dl WHERE dl.item_kind = {kind} AND dl.item = {item} AND dl.to_drawer = {drawer}
	AND dl.from_on <= :permit.day AND dl.to_on >= :permit.day);

-- The same, or it is that drawer's own.
-- snippet open_to : x, drawer; guards disclosure_live
({x}.drawer = {drawer} OR @reaches('{x.table}', {x}.id, {drawer}));

-- The rows themselves, of every drawer: FROM @live_rows l.
-- snippet live_rows : ; guards disclosure_live
(SELECT * FROM disclosure_live WHERE from_on <= :permit.day AND to_on >= :permit.day);

-- Those to the reader's drawer: FROM @live_to_me(:since) l.
-- snippet live_to_me : since; guards disclosure_live
(SELECT * FROM disclosure_live WHERE to_drawer = :permit.drawer AND at_ms >= {since} AND from_on <= :permit.day AND to_on >= :permit.day);
