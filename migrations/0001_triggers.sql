-- Triggers run in the statement that changes a row, so what they keep stays true whichever code runs that statement.

-- Refuses to delete a comment: the next one would get its id, and so its permalink and the tokens signed for it.
CREATE TRIGGER comments_refuse_delete BEFORE DELETE ON comments
BEGIN
	SELECT raise(ABORT, 'comments are never deleted; set state to ''deleted'' and empty name, source and html instead');
END;
--> statement-breakpoint
-- Adds a published comment to the thread's count. An import counts its comments itself, once a batch.
CREATE TRIGGER comments_count_insert AFTER INSERT ON comments
	WHEN NEW.state = 'published'
	AND NOT EXISTS (SELECT 1 FROM imported_comments WHERE comment_id = NEW.id)
BEGIN
	INSERT INTO threads (post_id, comment_count) VALUES (NEW.post_id, 1)
		ON CONFLICT (post_id) DO UPDATE SET comment_count = comment_count + 1;
END;
--> statement-breakpoint
-- Counts a comment in or out when its state becomes or ceases to be published.
CREATE TRIGGER comments_count_update AFTER UPDATE OF state ON comments
	WHEN (OLD.state = 'published') <> (NEW.state = 'published')
BEGIN
	INSERT INTO threads (post_id, comment_count) VALUES (NEW.post_id, max(0, (NEW.state = 'published') - (OLD.state = 'published')))
		ON CONFLICT (post_id) DO UPDATE SET comment_count = comment_count + (NEW.state = 'published') - (OLD.state = 'published');
END;
--> statement-breakpoint
-- Adds a reaction on a post to the thread's tallies.
CREATE TRIGGER post_reactions_count_insert AFTER INSERT ON reactions WHEN NEW.comment_id = 0
BEGIN
	INSERT INTO threads (post_id, tallies) VALUES (NEW.post_id, json_object(NEW.kind, 1))
		ON CONFLICT (post_id) DO UPDATE SET tallies = json_set(tallies, '$.' || NEW.kind, coalesce(json_extract(tallies, '$.' || NEW.kind), 0) + 1);
END;
--> statement-breakpoint
-- Subtracts a removed reaction on a post from the thread's tallies.
CREATE TRIGGER post_reactions_count_delete AFTER DELETE ON reactions WHEN OLD.comment_id = 0
BEGIN
	UPDATE threads SET tallies = json_set(tallies, '$.' || OLD.kind, json_extract(tallies, '$.' || OLD.kind) - 1) WHERE post_id = OLD.post_id;
END;
--> statement-breakpoint
-- Adds a reaction on a comment to the comment's tallies and their sum.
CREATE TRIGGER comment_reactions_count_insert AFTER INSERT ON reactions WHEN NEW.comment_id <> 0
BEGIN
	UPDATE comments SET
		tallies = json_set(tallies, '$.' || NEW.kind, coalesce(json_extract(tallies, '$.' || NEW.kind), 0) + 1),
		reaction_count = reaction_count + 1
	WHERE id = NEW.comment_id;
END;
--> statement-breakpoint
-- Subtracts a removed reaction on a comment from the comment's tallies and their sum.
CREATE TRIGGER comment_reactions_count_delete AFTER DELETE ON reactions WHEN OLD.comment_id <> 0
BEGIN
	UPDATE comments SET
		tallies = json_set(tallies, '$.' || OLD.kind, json_extract(tallies, '$.' || OLD.kind) - 1),
		reaction_count = reaction_count - 1
	WHERE id = OLD.comment_id;
END;
--> statement-breakpoint
-- Sets `has_public_replies` on all comments above a new published reply. A path is made of ids in eight hexadecimal digits,
-- from the root down, which `->>` reads as JSON5 numbers. Most replies write nothing here: an earlier one set it already.
CREATE TRIGGER comments_has_public_replies_insert AFTER INSERT ON comments
	WHEN NEW.state = 'published' AND NEW.parent_id IS NOT NULL
BEGIN
	UPDATE comments SET has_public_replies = 1
	WHERE NOT has_public_replies AND id IN (
		SELECT ('0x' || substr(NEW.path, value, 8)) ->> '$' FROM json_each('[1, 9, 17, 25, 33, 41]')
		WHERE value + 8 < length(NEW.path)
	);
END;
--> statement-breakpoint
-- The same for a reply that becomes published.
CREATE TRIGGER comments_has_public_replies_publish AFTER UPDATE OF state ON comments
	WHEN NEW.state = 'published' AND OLD.state <> 'published' AND NEW.parent_id IS NOT NULL
BEGIN
	UPDATE comments SET has_public_replies = 1
	WHERE NOT has_public_replies AND id IN (
		SELECT ('0x' || substr(NEW.path, value, 8)) ->> '$' FROM json_each('[1, 9, 17, 25, 33, 41]')
		WHERE value + 8 < length(NEW.path)
	);
END;
--> statement-breakpoint
-- Clears `has_public_replies` on the comments above a reply that ceases to be published, if it was the last one below them.
-- A hidden comment then leaves the thread, or places without content would fill its pages.
CREATE TRIGGER comments_has_public_replies_hide AFTER UPDATE OF state ON comments
	WHEN OLD.state = 'published' AND NEW.state <> 'published' AND NEW.parent_id IS NOT NULL
BEGIN
	UPDATE comments SET has_public_replies = 0
	WHERE id IN (
		SELECT ('0x' || substr(NEW.path, value, 8)) ->> '$' FROM json_each('[1, 9, 17, 25, 33, 41]')
		WHERE value + 8 < length(NEW.path)
	) AND NOT EXISTS (
		SELECT 1 FROM comments AS reply
		WHERE reply.post_id = comments.post_id AND reply.state = 'published'
			AND reply.path > comments.path AND reply.path < comments.path || 'g'
	);
END;
--> statement-breakpoint
-- Records the pages that a new comment changes as a pending purge. An import does this itself, once a post.
-- `scope` has bits: 1 the thread's pages, 2 lists that show its count, 4 feeds of comments, 8 something was removed.
CREATE TRIGGER comments_purge_insert AFTER INSERT ON comments
	WHEN NEW.state = 'published'
	AND NOT EXISTS (SELECT 1 FROM imported_comments WHERE comment_id = NEW.id)
BEGIN
	INSERT INTO pending_purges (post_id, scope) VALUES (NEW.post_id, 7)
		ON CONFLICT (post_id) DO UPDATE SET scope = scope | 7, revision = revision + 1, purged_at = NULL;
END;
--> statement-breakpoint
-- Records the pages that a changed comment changes as a pending purge. Columns that no page shows, such as e-mail address,
-- network and visitor, purge nothing, nor do changes between two hidden states. The placeholder of a hidden comment comes and
-- goes with a published reply, which purges the same pages; its place among the others depends on its reactions.
CREATE TRIGGER comments_purge_update AFTER UPDATE ON comments
	WHEN (
		(OLD.state = 'published' OR NEW.state = 'published')
		AND (
			NEW.state <> OLD.state OR NEW.name <> OLD.name OR NEW.website IS NOT OLD.website OR NEW.verified <> OLD.verified
			OR NEW.html <> OLD.html OR NEW.lang IS NOT OLD.lang OR NEW.edited_at IS NOT OLD.edited_at
			OR NEW.tallies <> OLD.tallies OR NEW.by_author <> OLD.by_author
		)
	) OR (NEW.has_public_replies AND NEW.tallies <> OLD.tallies)
BEGIN
	INSERT INTO pending_purges (post_id, scope) VALUES (
			NEW.post_id,
			1 | iif((OLD.state = 'published') <> (NEW.state = 'published'), 6, 0)
				| iif(OLD.html <> NEW.html OR OLD.name <> NEW.name OR OLD.website IS NOT NEW.website, 12, 0)
				| iif(OLD.state = 'published' AND NEW.state <> 'published', 8, 0)
				| iif(OLD.verified > NEW.verified, 8, 0)
		)
		ON CONFLICT (post_id) DO UPDATE SET scope = scope | excluded.scope, revision = revision + 1, purged_at = NULL;
END;
--> statement-breakpoint
-- Records the pages of a new thread, such as a post's first reaction makes, as a pending purge.
CREATE TRIGGER threads_purge_insert AFTER INSERT ON threads
BEGIN
	INSERT INTO pending_purges (post_id, scope) VALUES (NEW.post_id, 1)
		ON CONFLICT (post_id) DO UPDATE SET scope = scope | 1, revision = revision + 1, purged_at = NULL;
END;
--> statement-breakpoint
-- Records the pages of a changed thread (tallies, closed, pinned) as a pending purge.
CREATE TRIGGER threads_purge_update AFTER UPDATE ON threads
BEGIN
	INSERT INTO pending_purges (post_id, scope) VALUES (NEW.post_id, 1)
		ON CONFLICT (post_id) DO UPDATE SET scope = scope | 1, revision = revision + 1, purged_at = NULL;
END;
--> statement-breakpoint
-- Records the pages of all threads as a pending purge, when commenting on the whole blog is paused.
CREATE TRIGGER pauses_purge_insert AFTER INSERT ON pauses
BEGIN
	INSERT INTO pending_purges (post_id, scope) VALUES ('', 1)
		ON CONFLICT (post_id) DO UPDATE SET scope = scope | 1, revision = revision + 1, purged_at = NULL;
END;
--> statement-breakpoint
-- The same when the pause changes or ends.
CREATE TRIGGER pauses_purge_update AFTER UPDATE ON pauses
BEGIN
	INSERT INTO pending_purges (post_id, scope) VALUES ('', 1)
		ON CONFLICT (post_id) DO UPDATE SET scope = scope | 1, revision = revision + 1, purged_at = NULL;
END;
--> statement-breakpoint
-- The only row of the token bucket for purges; every process updates this one.
INSERT INTO purge_budget (id, tokens, refilled_at, locked_until) VALUES (1, 20, 0, 0);
--> statement-breakpoint
-- Queues an event for a new comment that is published or waits, from which notifications are made; none for imported ones.
CREATE TRIGGER comments_queue_event_insert AFTER INSERT ON comments
	WHEN NEW.state IN ('published', 'held')
	AND NOT EXISTS (SELECT 1 FROM imported_comments WHERE comment_id = NEW.id)
BEGIN
	INSERT INTO comment_events (comment_id, cause) VALUES (NEW.id, 'added');
END;
--> statement-breakpoint
-- Sets the time of publication of a comment that was inserted without it: the time it was written.
CREATE TRIGGER comments_published_at_insert AFTER INSERT ON comments
	WHEN NEW.state = 'published' AND NEW.published_at IS NULL
BEGIN
	UPDATE comments SET published_at = created_at WHERE id = NEW.id;
END;
--> statement-breakpoint
-- Sets it for a comment that was published without it: now.
CREATE TRIGGER comments_published_at_update AFTER UPDATE OF state ON comments
	WHEN NEW.state = 'published' AND NEW.published_at IS NULL
BEGIN
	UPDATE comments SET published_at = CAST(unixepoch('subsec') * 1000 AS INTEGER) WHERE id = NEW.id;
END;
--> statement-breakpoint
-- Queues an event for a published comment that waits because its author edited it.
CREATE TRIGGER comments_queue_event_edit AFTER UPDATE OF state ON comments
	WHEN NEW.state = 'held' AND OLD.state = 'published' AND NEW.edited_at IS NOT OLD.edited_at
BEGIN
	INSERT INTO comment_events (comment_id, cause) VALUES (NEW.id, 'added');
END;
--> statement-breakpoint
-- Queues an event for a comment that is published by a later decision.
CREATE TRIGGER comments_queue_event_update AFTER UPDATE OF state ON comments
	WHEN NEW.state = 'published' AND OLD.state <> 'published'
BEGIN
	INSERT INTO comment_events (comment_id, cause) VALUES (NEW.id, 'published');
END;
--> statement-breakpoint
-- Records a person's decision as a training example, if `state` changes and `findings` does not: the rules write their
-- findings whenever they change a state, and people never do. A deleted comment has no words to train with, so its label is null.
CREATE TRIGGER comments_record_training_example AFTER UPDATE OF state ON comments
	WHEN OLD.state <> NEW.state AND (NEW.findings IS OLD.findings OR NEW.state = 'deleted')
BEGIN
	INSERT INTO training_examples (comment_id, label) VALUES (
			NEW.id,
			CASE NEW.state WHEN 'published' THEN 'approved' WHEN 'spam' THEN 'spam' END
		)
		ON CONFLICT (comment_id) DO UPDATE SET label = excluded.label;
END;
--> statement-breakpoint
-- Numbers the versions of a comment's words, whichever code changes them, so that a change or decision can require the one
-- that was seen.
CREATE TRIGGER comments_number_version AFTER UPDATE OF name, website, source ON comments
	WHEN NEW.name <> OLD.name OR NEW.website IS NOT OLD.website OR NEW.source <> OLD.source
BEGIN
	UPDATE comments SET version = OLD.version + 1 WHERE id = NEW.id;
END;
--> statement-breakpoint
-- Takes the verified mark from a visitor's comments when the identity that gave it is deleted.
CREATE TRIGGER identities_unverify_comments AFTER DELETE ON identities
BEGIN
	UPDATE comments SET verified = 0 WHERE visitor = OLD.visitor AND verified;
END;
--> statement-breakpoint
-- Deletes an e-mail address with the last row that needs it, so that it is not kept a statement longer.
CREATE TRIGGER subscriptions_delete_address AFTER DELETE ON subscriptions
	WHEN NOT EXISTS (SELECT 1 FROM subscriptions WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM identities WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM verifications WHERE address_id = OLD.address_id)
BEGIN
	DELETE FROM addresses WHERE id = OLD.address_id;
END;
--> statement-breakpoint
-- The same for identities, of which an address has at most one.
CREATE TRIGGER identities_delete_address AFTER DELETE ON identities
	WHEN NOT EXISTS (SELECT 1 FROM subscriptions WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM verifications WHERE address_id = OLD.address_id)
BEGIN
	DELETE FROM addresses WHERE id = OLD.address_id;
END;
--> statement-breakpoint
-- The same for verifications.
CREATE TRIGGER verifications_delete_address AFTER DELETE ON verifications
	WHEN NOT EXISTS (SELECT 1 FROM subscriptions WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM identities WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM verifications WHERE address_id = OLD.address_id)
BEGIN
	DELETE FROM addresses WHERE id = OLD.address_id;
END;
--> statement-breakpoint
-- Deletes the reports of a comment with its words, or with its author's data.
CREATE TRIGGER comments_delete_reports AFTER UPDATE OF source, visitor ON comments
	WHEN NEW.source = '' OR NEW.visitor = '' AND OLD.visitor <> ''
BEGIN
	DELETE FROM reports WHERE comment_id = NEW.id;
END;
--> statement-breakpoint
-- Skips a comment that was erased, when an import or a backup inserts it again. A newer comment may have the id in a
-- database that was restored from before it.
CREATE TRIGGER comments_refuse_erased_insert BEFORE INSERT ON comments
	WHEN (NEW.source <> '' OR NEW.name <> '') AND EXISTS (
		SELECT 1 FROM tombstones WHERE source = 'edgecat' AND id = CAST(NEW.id AS TEXT) AND erased_at >= NEW.created_at
	)
BEGIN
	SELECT raise(IGNORE);
END;
--> statement-breakpoint
-- The same when the emptied row is updated.
CREATE TRIGGER comments_refuse_erased_update BEFORE UPDATE OF name, email, website, source, html ON comments
	WHEN (NEW.source <> '' OR NEW.name <> '' OR NEW.html <> '' OR NEW.email IS NOT NULL OR NEW.website IS NOT NULL)
		AND EXISTS (
			SELECT 1 FROM tombstones WHERE source = 'edgecat' AND id = CAST(NEW.id AS TEXT) AND erased_at >= NEW.created_at
		)
BEGIN
	SELECT raise(IGNORE);
END;
--> statement-breakpoint
-- The same for earlier versions.
CREATE TRIGGER revisions_refuse_erased BEFORE INSERT ON revisions
	WHEN EXISTS (
		SELECT 1 FROM tombstones
		WHERE source = 'edgecat' AND id = CAST(NEW.comment_id AS TEXT) AND erased_at >= NEW.written_at
	)
BEGIN
	SELECT raise(IGNORE);
END;
