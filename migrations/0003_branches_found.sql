-- A comment on the post that has been replied to is found by its branch even while it is hidden itself. The number at the
-- head of a reply's path is the id of that comment, in the hexadecimal that JSON5 has too.
CREATE TRIGGER IF NOT EXISTS comments_answered AFTER INSERT ON comments WHEN NEW.parent_id IS NOT NULL
BEGIN
	UPDATE comments SET answered = 1 WHERE id = ('0x' || substr(NEW.path, 1, 8)) ->> '$' AND NOT answered;
END;
--> statement-breakpoint
-- What no page shows changes no page: forgetting an address or a network, or a first reply that waits, purges nothing.
DROP TRIGGER IF EXISTS comment_changed;
--> statement-breakpoint
CREATE TRIGGER comment_changed AFTER UPDATE ON comments
	WHEN (OLD.state IN ('published', 'deleted') OR NEW.state IN ('published', 'deleted'))
		AND NOT (
			(NEW.email IS NOT OLD.email OR NEW.network IS NOT OLD.network OR NEW.answered <> OLD.answered)
			AND NEW.state = OLD.state AND NEW.html = OLD.html AND NEW.name = OLD.name AND NEW.website IS OLD.website
		)
BEGIN
	INSERT INTO stale (post_id, reach) VALUES (
			NEW.post_id,
			1 | iif((OLD.state = 'published') <> (NEW.state = 'published'), 6, 0)
				| iif(OLD.html <> NEW.html OR OLD.name <> NEW.name OR OLD.website IS NOT NEW.website, 12, 0)
				| iif(OLD.state = 'published' AND NEW.state <> 'published', 8, 0)
		)
		ON CONFLICT (post_id) DO UPDATE SET reach = reach | excluded.reach, revision = revision + 1, purged_at = NULL;
END;
--> statement-breakpoint
UPDATE comments SET answered = 1 WHERE id IN (
	SELECT ('0x' || substr(path, 1, 8)) ->> '$' FROM comments WHERE parent_id IS NOT NULL
);
