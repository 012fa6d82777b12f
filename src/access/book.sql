-- The book of looks. Its own store: no table of the program's data can be joined here.
-- No permit: records are written and read on behalf of the one who is recorded; what a reader of a page may see
-- of them is decided by access/ before book_looks is called.

-- Where a record lies (migrations/book/0005): in the part of its chain. At 2^40 the next chain begins.
-- snippet look_at : chain, seq
((SELECT c.nth FROM book_chain c WHERE c.chain = {chain}) * 1099511627776 + {seq});
-- snippet look_of : chain
place > @look_at({chain}, 0) AND place < @look_at({chain}, 1099511627776);

-- A part of a chain. SQLite goes along one lower and one upper end, and by a second of either reads every record of the
-- chain: so these two stand alone.
-- snippet look_after : chain, seq
place > @look_at({chain}, {seq}) AND place < @look_at({chain}, 1099511627776) AND {seq} >= 0;

-- snippet look_before : chain, seq
place > @look_at({chain}, 0) AND place < @look_at({chain}, {seq}) AND {seq} <= 1099511627776;

-- snippet look_one : chain, seq
place = @look_at({chain}, {seq}) AND {seq} > 0 AND {seq} < 1099511627776;

-- query book_chain_of : maybe; permit none (the book itself); store book; in copy text; out chain int64, nth int64
SELECT chain, nth FROM book_chain WHERE copy = :copy;

-- query book_chain_put : change 1; permit none (the book itself); store book; in chain int64, copy text, at_ms int64
INSERT INTO book_chain (chain, copy, opened_ms, nth) SELECT :chain, :copy, :at_ms, COALESCE(max(nth), 0) + 1 FROM book_chain;

-- query book_chains : many; permit none (the book itself); store book; out chain int64, copy text, nth int64
SELECT chain, copy, nth FROM book_chain ORDER BY chain;

-- query look_put : change 1; permit none (the book itself); store book;
--   in place int64, at_ms int64, id item, child child?, salt blob, content text, commitment blob, link blob
INSERT INTO look (place, at_ms, id, child, salt, content, commitment, link)
VALUES (:place, :at_ms, :id, :child, :salt, :content, :commitment, :link);

-- Records of no chain of this book.
-- query look_strays : many; permit none (the book itself); store book; in most int64; out place int64
SELECT l.place FROM look l WHERE NOT EXISTS (SELECT 1 FROM book_chain c WHERE c.nth = l.place / 1099511627776) ORDER BY l.place LIMIT :most;

-- query look_head : maybe; permit none (the book itself); store book; in chain int64; out seq int64, at_ms int64, link blob
SELECT seq, at_ms, link FROM look WHERE @look_of(:chain) ORDER BY place DESC LIMIT 1;

-- query look_walk : many; permit none (the book itself); store book; in chain int64, after int64, most int64;
--   out seq int64, at_ms int64, id item?, child child?, salt blob?, content text?, commitment blob, link blob, erased_by int64?
SELECT seq, at_ms, id, child, salt, content, commitment, link, erased_by FROM look
WHERE @look_after(:chain, :after) ORDER BY place LIMIT :most;

-- query look_back : many; permit none (the book itself); store book; in chain int64, before int64, most int64;
--   out seq int64, at_ms int64, content text?
SELECT seq, at_ms, content FROM look WHERE @look_before(:chain, :before) ORDER BY place DESC LIMIT :most;

-- query look_content : maybe; permit none (the book itself); store book; in chain int64, seq int64; out content text?
SELECT content FROM look WHERE @look_one(:chain, :seq);

-- query look_erase : change 1; permit none (the book itself); store book; in chain int64, seq int64, erased_by int64
UPDATE look SET id = NULL, child = NULL, salt = NULL, content = NULL, erased_by = :erased_by
WHERE @look_one(:chain, :seq) AND content IS NOT NULL;

-- query look_indexed_put : change 1; permit none (the book itself); store book; in chain int64, upto int64
INSERT INTO look_indexed (chain, seq) VALUES (:chain, :upto) ON CONFLICT (chain) DO UPDATE SET seq = :upto;

-- query look_indexed_of : maybe; permit none (the book itself); store book; in chain int64; out seq int64
SELECT seq FROM look_indexed WHERE chain = :chain;

-- query look_checkpoint_put : change; permit none (the book itself); store book;
--   in chain int64, seq int64, at_ms int64, link blob, key blob, signature blob
INSERT INTO look_checkpoint (chain, seq, at_ms, link, key, signature) VALUES (:chain, :seq, :at_ms, :link, :key, :signature)
ON CONFLICT (chain, seq) DO NOTHING;

-- query look_checkpoint_last : maybe; permit none (the book itself); store book; in chain int64;
--   out seq int64, at_ms int64, link blob, key blob, signature blob
SELECT seq, at_ms, link, key, signature FROM look_checkpoint WHERE chain = :chain ORDER BY seq DESC LIMIT 1;

-- query look_checkpoints : many; permit none (the book itself); store book; in chain int64, after int64, upto int64, most int64;
--   out seq int64, at_ms int64, link blob, key blob, signature blob
SELECT seq, at_ms, link, key, signature FROM look_checkpoint
WHERE chain = :chain AND seq > :after AND seq <= :upto ORDER BY seq LIMIT :most;

-- The main store's side of a change (docs/book.md, "Void").

-- query change_token_put : change 1; permit none (part of every change); in chain int64, slot int64, token int64, after_seq int64
INSERT INTO change_token (chain, slot, token, after_seq) VALUES (:chain, :slot, :token, :after_seq)
ON CONFLICT (chain, slot) DO UPDATE SET token = :token, after_seq = :after_seq;

-- query change_tokens : many; permit none (the book itself); in chain int64; out token int64, after_seq int64
SELECT token, after_seq FROM change_token WHERE chain = :chain;

-- Chains whose last checkpoint another key signed than this: their copy of the program has not run since the key
-- changed. All checkpoints by such keys: they are checked with the public keys of then.
-- query look_keys_left : one; permit none (an operator's command over the whole database); store book; in key blob; out chains int64, checkpoints int64
SELECT (SELECT CAST(count(*) AS BIGINT) FROM look_checkpoint c WHERE c.key <> :key
		AND NOT EXISTS (SELECT 1 FROM look_checkpoint n WHERE n.chain = c.chain AND n.seq > c.seq)),
	(SELECT CAST(count(*) AS BIGINT) FROM look_checkpoint WHERE key <> :key);
