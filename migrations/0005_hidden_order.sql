-- A hidden comment that was answered stands among the others for its replies' sake, and by its reactions in their order.
DROP TRIGGER comment_changed;
--> statement-breakpoint
CREATE TRIGGER comment_changed AFTER UPDATE ON comments
	WHEN (
		(OLD.state IN ('published', 'deleted') OR NEW.state IN ('published', 'deleted'))
		AND (
			NEW.state <> OLD.state OR NEW.name <> OLD.name OR NEW.website IS NOT OLD.website OR NEW.verified <> OLD.verified
			OR NEW.html <> OLD.html OR NEW.lang IS NOT OLD.lang OR NEW.edited_at IS NOT OLD.edited_at
			OR NEW.tallies <> OLD.tallies OR NEW.by_author <> OLD.by_author
		)
	) OR (NEW.answered AND NEW.tallies <> OLD.tallies)
BEGIN
	INSERT INTO stale (post_id, reach) VALUES (
			NEW.post_id,
			1 | iif((OLD.state = 'published') <> (NEW.state = 'published'), 6, 0)
				| iif(OLD.html <> NEW.html OR OLD.name <> NEW.name OR OLD.website IS NOT NEW.website, 12, 0)
				| iif(OLD.state = 'published' AND NEW.state <> 'published', 8, 0)
				| iif(OLD.verified > NEW.verified, 8, 0)
		)
		ON CONFLICT (post_id) DO UPDATE SET reach = reach | excluded.reach, revision = revision + 1, purged_at = NULL;
END;
