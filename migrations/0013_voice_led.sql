-- What a child's words led to, told by the one who read them; the child sees it at home.
ALTER TABLE voice ADD COLUMN led_words TEXT; -- owner: voice
