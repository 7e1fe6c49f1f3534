-- What no page shows changes no page: forgetting an address or a network purges nothing.
DROP TRIGGER comment_changed;
--> statement-breakpoint
CREATE TRIGGER comment_changed AFTER UPDATE ON comments
	WHEN (OLD.state IN ('published', 'deleted') OR NEW.state IN ('published', 'deleted'))
		AND NOT (
			(NEW.email IS NOT OLD.email OR NEW.network IS NOT OLD.network)
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
