-- A comment on the post that has been replied to is found by its branch even while it is hidden itself. The number at the
-- head of a reply's path is the id of that comment, in the hexadecimal that JSON5 has too.
CREATE TRIGGER comments_answered AFTER INSERT ON comments WHEN NEW.parent_id IS NOT NULL
BEGIN
	UPDATE comments SET answered = 1 WHERE id = ('0x' || substr(NEW.path, 1, 8)) ->> '$' AND NOT answered;
END;
--> statement-breakpoint
UPDATE comments SET answered = 1 WHERE id IN (
	SELECT ('0x' || substr(path, 1, 8)) ->> '$' FROM comments WHERE parent_id IS NOT NULL
);
--> statement-breakpoint
-- A mark lasts as long as the identity that gives it, whichever statement ends that.
CREATE TRIGGER identities_unmark AFTER DELETE ON identities
BEGIN
	UPDATE comments SET verified = 0 WHERE visitor = OLD.visitor AND verified;
END;
--> statement-breakpoint
-- An address is kept for as long as something needs it, and not a statement longer.
DROP TRIGGER addresses_forgotten;
--> statement-breakpoint
CREATE TRIGGER addresses_forgotten_by_subscriptions AFTER DELETE ON subscriptions
	WHEN NOT EXISTS (SELECT 1 FROM subscriptions WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM identities WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM verifications WHERE address_id = OLD.address_id)
BEGIN
	DELETE FROM addresses WHERE id = OLD.address_id;
END;
--> statement-breakpoint
CREATE TRIGGER addresses_forgotten_by_identities AFTER DELETE ON identities
	WHEN NOT EXISTS (SELECT 1 FROM subscriptions WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM verifications WHERE address_id = OLD.address_id)
BEGIN
	DELETE FROM addresses WHERE id = OLD.address_id;
END;
--> statement-breakpoint
CREATE TRIGGER addresses_forgotten_by_verifications AFTER DELETE ON verifications
	WHEN NOT EXISTS (SELECT 1 FROM subscriptions WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM identities WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM verifications WHERE address_id = OLD.address_id)
BEGIN
	DELETE FROM addresses WHERE id = OLD.address_id;
END;
--> statement-breakpoint
-- What no page shows changes no page: an address or a network forgotten, another owner, a first reply that waits.
DROP TRIGGER comment_changed;
--> statement-breakpoint
CREATE TRIGGER comment_changed AFTER UPDATE ON comments
	WHEN (OLD.state IN ('published', 'deleted') OR NEW.state IN ('published', 'deleted'))
		AND (
			NEW.state <> OLD.state OR NEW.name <> OLD.name OR NEW.website IS NOT OLD.website OR NEW.verified <> OLD.verified
			OR NEW.html <> OLD.html OR NEW.lang IS NOT OLD.lang OR NEW.edited_at IS NOT OLD.edited_at
			OR NEW.tallies <> OLD.tallies OR NEW.by_author <> OLD.by_author
		)
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
