-- People's decisions teach the rules. The rules write their findings whenever they change a state, and people never do,
-- so a state that changes while the findings stay is a person's word. Only words still there can be an example.
CREATE TRIGGER decision_taught AFTER UPDATE OF state ON comments
	WHEN OLD.state <> NEW.state AND (NEW.findings IS OLD.findings OR NEW.state = 'deleted')
BEGIN
	INSERT INTO lessons (comment_id, lesson) VALUES (
			NEW.id,
			CASE NEW.state WHEN 'published' THEN 'approved' WHEN 'spam' THEN 'spam' END
		)
		ON CONFLICT (comment_id) DO UPDATE SET lesson = excluded.lesson;
END;
