-- A mark lasts as long as the identity that gives it, whichever statement ends that.
CREATE TRIGGER IF NOT EXISTS identities_unmark AFTER DELETE ON identities
BEGIN
	UPDATE comments SET verified = 0 WHERE visitor = OLD.visitor AND verified;
END;
--> statement-breakpoint
-- An address is kept for as long as something needs it, and not a statement longer.
DROP TRIGGER addresses_forgotten;
--> statement-breakpoint
CREATE TRIGGER IF NOT EXISTS addresses_forgotten_by_subscriptions AFTER DELETE ON subscriptions
	WHEN NOT EXISTS (SELECT 1 FROM subscriptions WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM identities WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM verifications WHERE address_id = OLD.address_id)
BEGIN
	DELETE FROM addresses WHERE id = OLD.address_id;
END;
--> statement-breakpoint
CREATE TRIGGER IF NOT EXISTS addresses_forgotten_by_identities AFTER DELETE ON identities
	WHEN NOT EXISTS (SELECT 1 FROM subscriptions WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM verifications WHERE address_id = OLD.address_id)
BEGIN
	DELETE FROM addresses WHERE id = OLD.address_id;
END;
--> statement-breakpoint
CREATE TRIGGER IF NOT EXISTS addresses_forgotten_by_verifications AFTER DELETE ON verifications
	WHEN NOT EXISTS (SELECT 1 FROM subscriptions WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM identities WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM verifications WHERE address_id = OLD.address_id)
BEGIN
	DELETE FROM addresses WHERE id = OLD.address_id;
END;
--> statement-breakpoint
-- What no page shows changes no page: forgetting an address or a network, or whose a comment is, purges nothing.
DROP TRIGGER comment_changed;
--> statement-breakpoint
CREATE TRIGGER IF NOT EXISTS comment_changed AFTER UPDATE ON comments
	WHEN (OLD.state IN ('published', 'deleted') OR NEW.state IN ('published', 'deleted'))
		AND NOT (
			(NEW.email IS NOT OLD.email OR NEW.network IS NOT OLD.network OR NEW.visitor <> OLD.visitor)
			AND NEW.state = OLD.state AND NEW.html = OLD.html AND NEW.name = OLD.name AND NEW.website IS OLD.website
			AND NEW.verified = OLD.verified
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
