-- The list of a child's looks (book_list.h). Its own store, as book.sql.

-- query look_children : many; permit none (the book itself); store book; in chain int64, after int64, upto int64; out seq int64, child child
SELECT seq, child FROM look WHERE place > @look_at(:chain, :after) AND place <= @look_at(:chain, :upto) AND child IS NOT NULL ORDER BY place;

-- query look_child_of : maybe; permit none (the book itself); store book; in chain int64, seq int64; out child child?
SELECT child FROM look WHERE @look_one(:chain, :seq);

-- query look_part_put : change 1; permit none (the book itself); store book; in chain int64, bucket int64, segment int64, entries blob
INSERT INTO look_part (chain, bucket, segment, entries) VALUES (:chain, :bucket, :segment, :entries)
ON CONFLICT (chain, bucket, segment) DO UPDATE SET entries = :entries;

-- query look_part_of : maybe; permit none (the book itself); store book; in chain int64, bucket int64, segment int64; out entries blob
SELECT entries FROM look_part WHERE chain = :chain AND bucket = :bucket AND segment = :segment;

-- query look_parts : many; permit none (book_looks has the permit); store book; in chain int64, bucket int64, after int64, most int64; out segment int64, entries blob
SELECT segment, entries FROM look_part WHERE chain = :chain AND bucket = :bucket AND segment > :after ORDER BY segment LIMIT :most;

-- A record that stands on a child's list without being about it is not shown.
-- query look_when : maybe; permit none (book_looks has the permit); store book; in chain int64, seq int64, child child; out at_ms int64, id item
SELECT at_ms, id FROM look WHERE @look_one(:chain, :seq) AND child = :child;

-- query look_what : maybe; permit none (book_looks has the permit); store book; in chain int64, seq int64, child child; out at_ms int64, id item, content text
SELECT at_ms, id, content FROM look WHERE @look_one(:chain, :seq) AND child = :child;

-- What is not listed yet.
-- query look_tail : many; permit none (book_looks has the permit); store book; in chain int64, after int64, child child; out seq int64, at_ms int64, id item
SELECT seq, at_ms, id FROM look WHERE @look_after(:chain, :after) AND child = :child ORDER BY place;
