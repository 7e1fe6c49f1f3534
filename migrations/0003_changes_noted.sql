-- Whatever alters a page that readers share is noted here in the same statement, whichever code ran it.
-- Reach, in bits: 1 the thread's pages, 2 lists that show its count, 4 feeds of comments, 8 something was taken away.
CREATE TRIGGER comment_came AFTER INSERT ON comments WHEN NEW.state = 'published'
BEGIN
	INSERT INTO stale (post_id, reach) VALUES (NEW.post_id, 7)
		ON CONFLICT (post_id) DO UPDATE SET reach = reach | 7, revision = revision + 1, purged_at = NULL;
END;
--> statement-breakpoint
CREATE TRIGGER comment_changed AFTER UPDATE ON comments
	WHEN OLD.state IN ('published', 'deleted') OR NEW.state IN ('published', 'deleted')
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
CREATE TRIGGER thread_came AFTER INSERT ON threads
BEGIN
	INSERT INTO stale (post_id, reach) VALUES (NEW.post_id, 1)
		ON CONFLICT (post_id) DO UPDATE SET reach = reach | 1, revision = revision + 1, purged_at = NULL;
END;
--> statement-breakpoint
CREATE TRIGGER thread_changed AFTER UPDATE ON threads
BEGIN
	INSERT INTO stale (post_id, reach) VALUES (NEW.post_id, 1)
		ON CONFLICT (post_id) DO UPDATE SET reach = reach | 1, revision = revision + 1, purged_at = NULL;
END;
--> statement-breakpoint
INSERT INTO purge_budget (id, tokens, refilled_at, free_at) VALUES (1, 20, 0, 0);
