-- Counters follow the rows they count, in the statement that changes those rows, whoever runs it.
CREATE TRIGGER IF NOT EXISTS comments_counted_in AFTER INSERT ON comments WHEN NEW.state = 'published'
BEGIN
	INSERT INTO threads (post_id, comment_count) VALUES (NEW.post_id, 1)
		ON CONFLICT (post_id) DO UPDATE SET comment_count = comment_count + 1;
END;
--> statement-breakpoint
CREATE TRIGGER IF NOT EXISTS comments_counted_again AFTER UPDATE OF state ON comments
	WHEN (OLD.state = 'published') <> (NEW.state = 'published')
BEGIN
	INSERT INTO threads (post_id, comment_count) VALUES (NEW.post_id, max(0, (NEW.state = 'published') - (OLD.state = 'published')))
		ON CONFLICT (post_id) DO UPDATE SET comment_count = comment_count + (NEW.state = 'published') - (OLD.state = 'published');
END;
--> statement-breakpoint
CREATE TRIGGER IF NOT EXISTS post_reactions_counted_in AFTER INSERT ON reactions WHEN NEW.comment_id = 0
BEGIN
	INSERT INTO threads (post_id, tallies) VALUES (NEW.post_id, json_object(NEW.kind, 1))
		ON CONFLICT (post_id) DO UPDATE SET tallies = json_set(tallies, '$.' || NEW.kind, coalesce(json_extract(tallies, '$.' || NEW.kind), 0) + 1);
END;
--> statement-breakpoint
CREATE TRIGGER IF NOT EXISTS post_reactions_counted_out AFTER DELETE ON reactions WHEN OLD.comment_id = 0
BEGIN
	UPDATE threads SET tallies = json_set(tallies, '$.' || OLD.kind, json_extract(tallies, '$.' || OLD.kind) - 1) WHERE post_id = OLD.post_id;
END;
--> statement-breakpoint
CREATE TRIGGER IF NOT EXISTS comment_reactions_counted_in AFTER INSERT ON reactions WHEN NEW.comment_id <> 0
BEGIN
	UPDATE comments SET
		tallies = json_set(tallies, '$.' || NEW.kind, coalesce(json_extract(tallies, '$.' || NEW.kind), 0) + 1),
		reaction_count = reaction_count + 1
	WHERE id = NEW.comment_id;
END;
--> statement-breakpoint
CREATE TRIGGER IF NOT EXISTS comment_reactions_counted_out AFTER DELETE ON reactions WHEN OLD.comment_id <> 0
BEGIN
	UPDATE comments SET
		tallies = json_set(tallies, '$.' || OLD.kind, json_extract(tallies, '$.' || OLD.kind) - 1),
		reaction_count = reaction_count - 1
	WHERE id = OLD.comment_id;
END;
--> statement-breakpoint
-- Whatever alters a page that readers share is noted in the same statement, whichever code ran it.
-- Reach, in bits: 1 the thread's pages, 2 lists that show its count, 4 feeds of comments, 8 something was taken away.
CREATE TRIGGER IF NOT EXISTS comment_came AFTER INSERT ON comments WHEN NEW.state = 'published'
BEGIN
	INSERT INTO stale (post_id, reach) VALUES (NEW.post_id, 7)
		ON CONFLICT (post_id) DO UPDATE SET reach = reach | 7, revision = revision + 1, purged_at = NULL;
END;
--> statement-breakpoint
-- What no page shows changes no page: forgetting an address or a network purges nothing.
CREATE TRIGGER IF NOT EXISTS comment_changed AFTER UPDATE ON comments
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
--> statement-breakpoint
CREATE TRIGGER IF NOT EXISTS thread_came AFTER INSERT ON threads
BEGIN
	INSERT INTO stale (post_id, reach) VALUES (NEW.post_id, 1)
		ON CONFLICT (post_id) DO UPDATE SET reach = reach | 1, revision = revision + 1, purged_at = NULL;
END;
--> statement-breakpoint
CREATE TRIGGER IF NOT EXISTS thread_changed AFTER UPDATE ON threads
BEGIN
	INSERT INTO stale (post_id, reach) VALUES (NEW.post_id, 1)
		ON CONFLICT (post_id) DO UPDATE SET reach = reach | 1, revision = revision + 1, purged_at = NULL;
END;
--> statement-breakpoint
INSERT OR IGNORE INTO purge_budget (id, tokens, refilled_at, free_at) VALUES (1, 20, 0, 0);
--> statement-breakpoint
-- A comment that appears or begins to wait is news, in the statement that makes it so, whoever runs it.
CREATE TRIGGER IF NOT EXISTS comments_are_news AFTER INSERT ON comments WHEN NEW.state IN ('published', 'held')
BEGIN
	INSERT INTO news (comment_id, cause) VALUES (NEW.id, 'added');
END;
--> statement-breakpoint
CREATE TRIGGER IF NOT EXISTS comments_published_are_news AFTER UPDATE OF state ON comments
	WHEN NEW.state = 'published' AND OLD.state <> 'published'
BEGIN
	INSERT INTO news (comment_id, cause) VALUES (NEW.id, 'published');
END;
--> statement-breakpoint
-- People's decisions teach the rules. The rules write their findings whenever they change a state, and people never do,
-- so a state that changes while the findings stay is a person's word. Only words still there can be an example.
CREATE TRIGGER IF NOT EXISTS decision_taught AFTER UPDATE OF state ON comments
	WHEN OLD.state <> NEW.state AND (NEW.findings IS OLD.findings OR NEW.state = 'deleted')
BEGIN
	INSERT INTO lessons (comment_id, lesson) VALUES (
			NEW.id,
			CASE NEW.state WHEN 'published' THEN 'approved' WHEN 'spam' THEN 'spam' END
		)
		ON CONFLICT (comment_id) DO UPDATE SET lesson = excluded.lesson;
END;
--> statement-breakpoint
-- An address is kept for as long as something is to be sent to it, and not a statement longer.
CREATE TRIGGER IF NOT EXISTS addresses_forgotten AFTER DELETE ON subscriptions
	WHEN NOT EXISTS (SELECT 1 FROM subscriptions WHERE address_id = OLD.address_id)
BEGIN
	DELETE FROM addresses WHERE id = OLD.address_id;
END;
