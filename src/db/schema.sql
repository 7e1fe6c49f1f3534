-- The database after all of migrations/, written by `npm run migration`. Do not edit.

CREATE TABLE `addresses` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`email` text NOT NULL
);

CREATE UNIQUE INDEX `addresses_email_unique` ON `addresses` (`email`);

CREATE TABLE `audit_log` (
	`id` integer PRIMARY KEY NOT NULL,
	`comment_id` integer,
	`state` text,
	`actor` text NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	`operation` text DEFAULT '' NOT NULL,
	`kind` text DEFAULT 'decided' NOT NULL,
	`post_id` text,
	`before` text,
	`after` text,
	`undone_at` integer,
	`version` integer,
	CONSTRAINT "audit_log_state" CHECK(state IN ('published', 'held', 'spam', 'deleted')),
	CONSTRAINT "audit_log_kind" CHECK(kind IN ('decided', 'challenge_passed', 'rechecked', 'edited', 'replied', 'closed', 'opened', 'pinned', 'unpinned', 'blocked', 'unblocked', 'settings_changed', 'moved', 'reports_dismissed', 'reports_restored', 'all_held', 'all_closed', 'all_reopened', 'anonymized', 'erased', 'purged', 'invited', 'enrolled', 'role_changed', 'member_removed'))
);

CREATE INDEX `audit_log_blocks` ON `audit_log` (`id`) WHERE kind IN ('blocked', 'unblocked');

CREATE INDEX `audit_log_comment` ON `audit_log` (`comment_id`);

CREATE INDEX `audit_log_operation` ON `audit_log` (`operation`) WHERE operation <> '';

CREATE TABLE `blocks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`label` text NOT NULL,
	`actor` text NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	`operation` text NOT NULL,
	CONSTRAINT "blocks_kind" CHECK(kind IN ('visitor', 'email', 'network'))
);

CREATE UNIQUE INDEX `blocks_value` ON `blocks` (`kind`,`value`);

CREATE TABLE `cached_page_counts` (
	`day` integer PRIMARY KEY NOT NULL,
	`count` integer NOT NULL
);

CREATE TABLE `cached_pages` (
	`post_id` text PRIMARY KEY NOT NULL,
	`deployment` text NOT NULL,
	`revision` integer NOT NULL,
	`rendered_at` integer NOT NULL,
	`changes_at` integer,
	`etag` text NOT NULL,
	`body` text
);

CREATE TRIGGER cached_pages_count_insert AFTER INSERT ON cached_pages
BEGIN
	INSERT INTO cached_page_counts (day, count) VALUES (NEW.rendered_at / 86400000, 1)
		ON CONFLICT (day) DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER cached_pages_count_update AFTER UPDATE OF body ON cached_pages
	WHEN NEW.body IS NOT NULL
BEGIN
	INSERT INTO cached_page_counts (day, count) VALUES (NEW.rendered_at / 86400000, 1)
		ON CONFLICT (day) DO UPDATE SET count = count + 1;
END;

CREATE TABLE `classifier` (
	`id` integer PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL,
	`weights` text NOT NULL,
	`approved` integer NOT NULL,
	`spam` integer NOT NULL,
	CONSTRAINT "classifier_id" CHECK(id = 1)
);

CREATE TABLE `comment_events` (
	`id` integer PRIMARY KEY NOT NULL,
	`comment_id` integer NOT NULL,
	`cause` text NOT NULL,
	CONSTRAINT "comment_events_cause" CHECK(cause IN ('added', 'published'))
);

CREATE TABLE `comments` (
	`id` integer PRIMARY KEY NOT NULL,
	`post_id` text NOT NULL,
	`parent_id` integer,
	`path` text NOT NULL,
	`state` text NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`website` text,
	`visitor` text NOT NULL,
	`source` text NOT NULL,
	`html` text NOT NULL,
	`lang` text,
	`fingerprint` text NOT NULL,
	`form_key` text,
	`tallies` text DEFAULT '{}' NOT NULL,
	`reaction_count` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`published_at` integer,
	`edited_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`findings` text,
	`network` text,
	`content_hash` text,
	`by_author` integer DEFAULT false NOT NULL,
	`has_public_replies` integer DEFAULT false NOT NULL,
	`moved_from` text,
	`verified` integer DEFAULT false NOT NULL,
	CONSTRAINT "comments_state" CHECK(state IN ('published', 'held', 'spam', 'deleted')),
	CONSTRAINT "comments_by_author" CHECK(by_author IN (0, 1)),
	CONSTRAINT "comments_has_public_replies" CHECK(has_public_replies IN (0, 1)),
	CONSTRAINT "comments_verified" CHECK(verified IN (0, 1)),
	CONSTRAINT "comments_id" CHECK(id BETWEEN 1 AND 0xffffffff)
);

CREATE INDEX `comments_content_hash` ON `comments` (`content_hash`) WHERE content_hash IS NOT NULL;

CREATE INDEX `comments_email_age` ON `comments` (`created_at`) WHERE email IS NOT NULL;

CREATE INDEX `comments_fingerprint` ON `comments` (`fingerprint`);

CREATE INDEX `comments_latest` ON `comments` (`post_id`,`published_at`) WHERE state = 'published';

CREATE INDEX `comments_network` ON `comments` (`network`,`created_at`) WHERE network IS NOT NULL;

CREATE INDEX `comments_network_age` ON `comments` (`created_at`) WHERE network IS NOT NULL;

CREATE INDEX `comments_published` ON `comments` (`published_at`) WHERE state = 'published';

CREATE INDEX `comments_recent` ON `comments` (`created_at`) WHERE state = 'published';

CREATE INDEX `comments_rejected` ON `comments` (`created_at`) WHERE state IN ('spam', 'deleted') AND source <> '';

CREATE UNIQUE INDEX `comments_roots` ON `comments` (`post_id`,`path`) WHERE parent_id IS NULL AND (state = 'published' OR has_public_replies);

CREATE INDEX `comments_thread` ON `comments` (`post_id`,`path`) WHERE state = 'published' OR has_public_replies;

CREATE UNIQUE INDEX `comments_top` ON `comments` (`post_id`,`reaction_count`,`path`) WHERE parent_id IS NULL AND (state = 'published' OR has_public_replies);

CREATE INDEX `comments_unpublished` ON `comments` (`state`) WHERE state <> 'published';

CREATE INDEX `comments_visitor` ON `comments` (`visitor`);

CREATE INDEX `comments_waiting` ON `comments` (`created_at`) WHERE state = 'held';

CREATE TRIGGER comments_count_insert AFTER INSERT ON comments
	WHEN NEW.state = 'published'
	AND NOT EXISTS (SELECT 1 FROM imported_comments WHERE comment_id = NEW.id)
BEGIN
	INSERT INTO threads (post_id, comment_count) VALUES (NEW.post_id, 1)
		ON CONFLICT (post_id) DO UPDATE SET comment_count = comment_count + 1;
END;

CREATE TRIGGER comments_count_update AFTER UPDATE OF state ON comments
	WHEN (OLD.state = 'published') <> (NEW.state = 'published')
BEGIN
	INSERT INTO threads (post_id, comment_count) VALUES (NEW.post_id, max(0, (NEW.state = 'published') - (OLD.state = 'published')))
		ON CONFLICT (post_id) DO UPDATE SET comment_count = comment_count + (NEW.state = 'published') - (OLD.state = 'published');
END;

CREATE TRIGGER comments_delete_reports AFTER UPDATE OF source, visitor ON comments
	WHEN NEW.source = '' OR NEW.visitor = '' AND OLD.visitor <> ''
BEGIN
	DELETE FROM reports WHERE comment_id = NEW.id;
END;

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

CREATE TRIGGER comments_has_public_replies_insert AFTER INSERT ON comments
	WHEN NEW.state = 'published' AND NEW.parent_id IS NOT NULL
BEGIN
	UPDATE comments SET has_public_replies = 1
	WHERE NOT has_public_replies AND id IN (
		SELECT ('0x' || substr(NEW.path, value, 8)) ->> '$' FROM json_each('[1, 9, 17, 25, 33, 41]')
		WHERE value + 8 < length(NEW.path)
	);
END;

CREATE TRIGGER comments_has_public_replies_publish AFTER UPDATE OF state ON comments
	WHEN NEW.state = 'published' AND OLD.state <> 'published' AND NEW.parent_id IS NOT NULL
BEGIN
	UPDATE comments SET has_public_replies = 1
	WHERE NOT has_public_replies AND id IN (
		SELECT ('0x' || substr(NEW.path, value, 8)) ->> '$' FROM json_each('[1, 9, 17, 25, 33, 41]')
		WHERE value + 8 < length(NEW.path)
	);
END;

CREATE TRIGGER comments_number_version AFTER UPDATE OF name, website, source ON comments
	WHEN NEW.name <> OLD.name OR NEW.website IS NOT OLD.website OR NEW.source <> OLD.source
BEGIN
	UPDATE comments SET version = OLD.version + 1 WHERE id = NEW.id;
END;

CREATE TRIGGER comments_published_at_insert AFTER INSERT ON comments
	WHEN NEW.state = 'published' AND NEW.published_at IS NULL
BEGIN
	UPDATE comments SET published_at = created_at WHERE id = NEW.id;
END;

CREATE TRIGGER comments_published_at_update AFTER UPDATE OF state ON comments
	WHEN NEW.state = 'published' AND NEW.published_at IS NULL
BEGIN
	UPDATE comments SET published_at = CAST(unixepoch('subsec') * 1000 AS INTEGER) WHERE id = NEW.id;
END;

CREATE TRIGGER comments_purge_insert AFTER INSERT ON comments
	WHEN NEW.state = 'published'
	AND NOT EXISTS (SELECT 1 FROM imported_comments WHERE comment_id = NEW.id)
BEGIN
	INSERT INTO pending_purges (post_id, scope) VALUES (NEW.post_id, 7)
		ON CONFLICT (post_id) DO UPDATE SET scope = scope | 7, revision = revision + 1, purged_at = NULL;
END;

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

CREATE TRIGGER comments_queue_event_edit AFTER UPDATE OF state ON comments
	WHEN NEW.state = 'held' AND OLD.state = 'published' AND NEW.edited_at IS NOT OLD.edited_at
BEGIN
	INSERT INTO comment_events (comment_id, cause) VALUES (NEW.id, 'added');
END;

CREATE TRIGGER comments_queue_event_insert AFTER INSERT ON comments
	WHEN NEW.state IN ('published', 'held')
	AND NOT EXISTS (SELECT 1 FROM imported_comments WHERE comment_id = NEW.id)
BEGIN
	INSERT INTO comment_events (comment_id, cause) VALUES (NEW.id, 'added');
END;

CREATE TRIGGER comments_queue_event_update AFTER UPDATE OF state ON comments
	WHEN NEW.state = 'published' AND OLD.state <> 'published'
BEGIN
	INSERT INTO comment_events (comment_id, cause) VALUES (NEW.id, 'published');
END;

CREATE TRIGGER comments_record_training_example AFTER UPDATE OF state ON comments
	WHEN OLD.state <> NEW.state AND (NEW.findings IS OLD.findings OR NEW.state = 'deleted')
BEGIN
	INSERT INTO training_examples (comment_id, label) VALUES (
			NEW.id,
			CASE NEW.state WHEN 'published' THEN 'approved' WHEN 'spam' THEN 'spam' END
		)
		ON CONFLICT (comment_id) DO UPDATE SET label = excluded.label;
END;

CREATE TRIGGER comments_refuse_delete BEFORE DELETE ON comments
BEGIN
	SELECT raise(ABORT, 'comments are never deleted; set state to ''deleted'' and empty name, source and html instead');
END;

CREATE TRIGGER comments_refuse_erased_insert BEFORE INSERT ON comments
	WHEN (NEW.source <> '' OR NEW.name <> '') AND EXISTS (
		SELECT 1 FROM tombstones WHERE source = 'edgecat' AND id = CAST(NEW.id AS TEXT) AND erased_at >= NEW.created_at
	)
BEGIN
	SELECT raise(IGNORE);
END;

CREATE TRIGGER comments_refuse_erased_update BEFORE UPDATE OF name, email, website, source, html ON comments
	WHEN (NEW.source <> '' OR NEW.name <> '' OR NEW.html <> '' OR NEW.email IS NOT NULL OR NEW.website IS NOT NULL)
		AND EXISTS (
			SELECT 1 FROM tombstones WHERE source = 'edgecat' AND id = CAST(NEW.id AS TEXT) AND erased_at >= NEW.created_at
		)
BEGIN
	SELECT raise(IGNORE);
END;

CREATE TABLE `cron_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`ran_at` integer NOT NULL,
	CONSTRAINT "cron_runs_id" CHECK(id = 1)
);

CREATE TABLE `identities` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`address_id` integer NOT NULL,
	`name` text NOT NULL,
	`skeleton` text NOT NULL,
	`folded_skeleton` text NOT NULL,
	`visitor` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`address_id`) REFERENCES `addresses`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE UNIQUE INDEX `identities_address_id_unique` ON `identities` (`address_id`);

CREATE UNIQUE INDEX `identities_folded_skeleton_unique` ON `identities` (`folded_skeleton`);

CREATE UNIQUE INDEX `identities_skeleton_unique` ON `identities` (`skeleton`);

CREATE UNIQUE INDEX `identities_visitor_unique` ON `identities` (`visitor`);

CREATE TRIGGER identities_delete_address AFTER DELETE ON identities
	WHEN NOT EXISTS (SELECT 1 FROM subscriptions WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM verifications WHERE address_id = OLD.address_id)
BEGIN
	DELETE FROM addresses WHERE id = OLD.address_id;
END;

CREATE TRIGGER identities_unverify_comments AFTER DELETE ON identities
BEGIN
	UPDATE comments SET verified = 0 WHERE visitor = OLD.visitor AND verified;
END;

CREATE TABLE `import_checkpoints` (
	`source` text NOT NULL,
	`kind` text NOT NULL,
	`until` integer NOT NULL,
	PRIMARY KEY(`source`, `kind`)
);

CREATE TABLE `imported_comments` (
	`comment_id` integer PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`source_id` text NOT NULL
);

CREATE UNIQUE INDEX `imported_comments_source` ON `imported_comments` (`source`,`source_id`);

CREATE TABLE `link_targets` (
	`target` text PRIMARY KEY NOT NULL,
	`approved` integer NOT NULL,
	`spam` integer NOT NULL
);

CREATE TABLE `local_mails` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`html` text NOT NULL,
	`headers` text NOT NULL,
	`created_at` integer NOT NULL
);

CREATE UNIQUE INDEX `local_mails_key_unique` ON `local_mails` (`key`);

CREATE TABLE `members` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	`left_at` integer,
	CONSTRAINT "members_role" CHECK(role IN ('owner', 'moderator'))
);

CREATE UNIQUE INDEX `members_name_unique` ON `members` (`name`);

CREATE TABLE `metrics` (
	`length` text NOT NULL,
	`slot` integer NOT NULL,
	`since` integer NOT NULL,
	`counts` text NOT NULL,
	PRIMARY KEY(`length`, `slot`),
	CONSTRAINT "metrics_length" CHECK(length IN ('minute', 'hour', 'day'))
);

CREATE TABLE `network_keys` (
	`id` integer PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`created_at` integer NOT NULL
);

CREATE TABLE `notice_counts` (
	`day` integer NOT NULL,
	`post_id` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`day`, `post_id`),
	CONSTRAINT "notice_counts_count" CHECK(count >= 1)
);

CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`channel` text NOT NULL,
	`event` text NOT NULL,
	`comment_id` integer,
	`subscription_id` integer,
	`recipient` integer NOT NULL,
	`state` text DEFAULT 'due' NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`lease` text,
	`message` text,
	`failure` text,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	`verification_id` integer,
	`mailbox` text,
	CONSTRAINT "outbox_channel" CHECK(channel IN ('mail', 'webhook', 'slack', 'discord')),
	CONSTRAINT "outbox_event" CHECK(event IN ('published', 'waiting', 'reply', 'receipt', 'approved', 'confirmation', 'verification')),
	CONSTRAINT "outbox_state" CHECK(state IN ('due', 'sending', 'sent', 'dropped', 'dead')),
	CONSTRAINT "outbox_recipient" CHECK(recipient >= -1),
	CONSTRAINT "outbox_attempts" CHECK(attempts >= 0)
);

CREATE INDEX `outbox_failed` ON `outbox` (`id`) WHERE failure IS NOT NULL;

CREATE UNIQUE INDEX `outbox_key` ON `outbox` (`key`);

CREATE INDEX `outbox_mailbox` ON `outbox` (`mailbox`,`event`,`created_at`) WHERE mailbox IS NOT NULL;

CREATE INDEX `outbox_open` ON `outbox` (`state`,`channel`,`due_at`) WHERE settled_at IS NULL;

CREATE INDEX `outbox_sent` ON `outbox` (`recipient`,`settled_at`) WHERE state = 'sent' AND channel = 'mail';

CREATE INDEX `outbox_settled` ON `outbox` (`settled_at`) WHERE settled_at IS NOT NULL;

CREATE INDEX `outbox_unconfirmed` ON `outbox` (`event`,`created_at`) WHERE mailbox IS NOT NULL;

CREATE TABLE `passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` integer NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`device` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE INDEX `passkeys_member` ON `passkeys` (`member_id`);

CREATE TABLE `pauses` (
	`id` integer PRIMARY KEY NOT NULL,
	`mode` text,
	`until` integer,
	`version` integer NOT NULL,
	CONSTRAINT "pauses_mode" CHECK(mode IN ('hold', 'close')),
	CONSTRAINT "pauses_id" CHECK(id = 1)
);

CREATE TRIGGER pauses_purge_insert AFTER INSERT ON pauses
BEGIN
	INSERT INTO pending_purges (post_id, scope) VALUES ('', 1)
		ON CONFLICT (post_id) DO UPDATE SET scope = scope | 1, revision = revision + 1, purged_at = NULL;
END;

CREATE TRIGGER pauses_purge_update AFTER UPDATE ON pauses
BEGIN
	INSERT INTO pending_purges (post_id, scope) VALUES ('', 1)
		ON CONFLICT (post_id) DO UPDATE SET scope = scope | 1, revision = revision + 1, purged_at = NULL;
END;

CREATE TABLE `pending_purges` (
	`post_id` text PRIMARY KEY NOT NULL,
	`scope` integer NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`purged_at` integer,
	CONSTRAINT "pending_purges_scope" CHECK(scope BETWEEN 0 AND 15),
	CONSTRAINT "pending_purges_revision" CHECK(revision >= 1)
);

CREATE INDEX `pending_purges_due` ON `pending_purges` (`purged_at`) WHERE scope <> 0;

CREATE TRIGGER cached_pages_empty_insert AFTER INSERT ON pending_purges
BEGIN
	UPDATE cached_pages SET body = NULL
	WHERE post_id BETWEEN NEW.post_id AND iif(NEW.post_id = '', char(0x10ffff), NEW.post_id) AND body IS NOT NULL;
END;

CREATE TRIGGER cached_pages_empty_update AFTER UPDATE OF revision ON pending_purges
	WHEN NEW.revision <> OLD.revision
BEGIN
	UPDATE cached_pages SET body = NULL
	WHERE post_id BETWEEN NEW.post_id AND iif(NEW.post_id = '', char(0x10ffff), NEW.post_id) AND body IS NOT NULL;
END;

CREATE TABLE `purge_budget` (
	`id` integer PRIMARY KEY NOT NULL,
	`tokens` real NOT NULL,
	`refilled_at` integer NOT NULL,
	`locked_until` integer NOT NULL,
	CONSTRAINT "purge_budget_id" CHECK(id = 1)
);

CREATE TABLE `reactions` (
	`post_id` text NOT NULL,
	`comment_id` integer NOT NULL,
	`kind` text NOT NULL,
	`visitor` text NOT NULL,
	`created_at` integer NOT NULL,
	`network` text,
	`moved_from` text,
	PRIMARY KEY(`post_id`, `comment_id`, `kind`, `visitor`),
	CONSTRAINT "reactions_comment_id" CHECK(comment_id >= 0),
	CONSTRAINT "reactions_kind" CHECK(kind <> '' AND kind NOT GLOB '*[^a-z_]*')
);

CREATE INDEX `reactions_network_age` ON `reactions` (`created_at`) WHERE network IS NOT NULL;

CREATE INDEX `reactions_visitor` ON `reactions` (`visitor`);

CREATE TRIGGER comment_reactions_count_delete AFTER DELETE ON reactions WHEN OLD.comment_id <> 0
BEGIN
	UPDATE comments SET
		tallies = json_set(tallies, '$.' || OLD.kind, json_extract(tallies, '$.' || OLD.kind) - 1),
		reaction_count = reaction_count - 1
	WHERE id = OLD.comment_id;
END;

CREATE TRIGGER comment_reactions_count_insert AFTER INSERT ON reactions WHEN NEW.comment_id <> 0
BEGIN
	UPDATE comments SET
		tallies = json_set(tallies, '$.' || NEW.kind, coalesce(json_extract(tallies, '$.' || NEW.kind), 0) + 1),
		reaction_count = reaction_count + 1
	WHERE id = NEW.comment_id;
END;

CREATE TRIGGER post_reactions_count_delete AFTER DELETE ON reactions WHEN OLD.comment_id = 0
BEGIN
	UPDATE threads SET tallies = json_set(tallies, '$.' || OLD.kind, json_extract(tallies, '$.' || OLD.kind) - 1) WHERE post_id = OLD.post_id;
END;

CREATE TRIGGER post_reactions_count_insert AFTER INSERT ON reactions WHEN NEW.comment_id = 0
BEGIN
	INSERT INTO threads (post_id, tallies) VALUES (NEW.post_id, json_object(NEW.kind, 1))
		ON CONFLICT (post_id) DO UPDATE SET tallies = json_set(tallies, '$.' || NEW.kind, coalesce(json_extract(tallies, '$.' || NEW.kind), 0) + 1);
END;

CREATE TABLE `reader_events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`comment_id` integer NOT NULL,
	`cause` text NOT NULL,
	`cursor` integer DEFAULT 0 NOT NULL,
	`due_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "reader_events_cause" CHECK(cause IN ('added', 'published'))
);

CREATE INDEX `reader_events_due` ON `reader_events` (`due_at`);

CREATE TABLE `rechecks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`operation` text NOT NULL,
	`selection` text NOT NULL,
	`requested_by` text NOT NULL,
	`requested_at` integer NOT NULL,
	`state` text NOT NULL,
	`cursor` integer NOT NULL,
	`last_id` integer NOT NULL,
	`total` integer NOT NULL,
	`checked` integer DEFAULT 0 NOT NULL,
	`changed` integer DEFAULT 0 NOT NULL,
	`settled_at` integer,
	CONSTRAINT "rechecks_selection" CHECK(selection IN ('waiting', 'published')),
	CONSTRAINT "rechecks_state" CHECK(state IN ('running', 'done', 'stopped'))
);

CREATE UNIQUE INDEX `rechecks_running` ON `rechecks` (`state`) WHERE state = 'running';

CREATE TABLE `redirects` (
	`from_key` text PRIMARY KEY NOT NULL,
	`to_path` text NOT NULL,
	`created_at` integer NOT NULL
);

CREATE TABLE `reports` (
	`id` integer PRIMARY KEY NOT NULL,
	`comment_id` integer NOT NULL,
	`network` text,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	`dismissed_at` integer
);

CREATE INDEX `reports_age` ON `reports` (`created_at`);

CREATE INDEX `reports_open` ON `reports` (`comment_id`) WHERE dismissed_at IS NULL;

CREATE UNIQUE INDEX `reports_sender` ON `reports` (`comment_id`,`network`);

CREATE TABLE `revisions` (
	`id` integer PRIMARY KEY NOT NULL,
	`comment_id` integer NOT NULL,
	`name` text NOT NULL,
	`website` text,
	`source` text NOT NULL,
	`written_at` integer NOT NULL,
	`replaced_at` integer NOT NULL,
	`actor` text,
	`operation` text DEFAULT '' NOT NULL
);

CREATE INDEX `revisions_comment` ON `revisions` (`comment_id`);

CREATE TRIGGER revisions_refuse_erased BEFORE INSERT ON revisions
	WHEN EXISTS (
		SELECT 1 FROM tombstones
		WHERE source = 'edgecat' AND id = CAST(NEW.comment_id AS TEXT) AND erased_at >= NEW.written_at
	)
BEGIN
	SELECT raise(IGNORE);
END;

CREATE TABLE `sessions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`token` text NOT NULL,
	`previous_token` text,
	`device` text NOT NULL,
	`created_at` integer NOT NULL,
	`rotated_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE INDEX `sessions_member` ON `sessions` (`member_id`);

CREATE UNIQUE INDEX `sessions_previous_token_unique` ON `sessions` (`previous_token`);

CREATE UNIQUE INDEX `sessions_token_unique` ON `sessions` (`token`);

CREATE TABLE `settings` (
	`id` integer PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	CONSTRAINT "settings_id" CHECK(id = 1)
);

CREATE TABLE `subscriptions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`address_id` integer NOT NULL,
	`post_id` text NOT NULL,
	`comment_id` integer NOT NULL,
	`visitor` text NOT NULL,
	`state` text NOT NULL,
	`requested_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`confirmed_at` integer,
	`moved_from` text,
	FOREIGN KEY (`address_id`) REFERENCES `addresses`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "subscriptions_state" CHECK(state IN ('pending', 'active')),
	CONSTRAINT "subscriptions_comment_id" CHECK(comment_id >= 0)
);

CREATE INDEX `subscriptions_active` ON `subscriptions` (`post_id`,`comment_id`) WHERE state = 'active';

CREATE INDEX `subscriptions_pending` ON `subscriptions` (`requested_at`) WHERE state = 'pending';

CREATE UNIQUE INDEX `subscriptions_target` ON `subscriptions` (`address_id`,`post_id`,`comment_id`);

CREATE INDEX `subscriptions_visitor` ON `subscriptions` (`visitor`);

CREATE TRIGGER subscriptions_delete_address AFTER DELETE ON subscriptions
	WHEN NOT EXISTS (SELECT 1 FROM subscriptions WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM identities WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM verifications WHERE address_id = OLD.address_id)
BEGIN
	DELETE FROM addresses WHERE id = OLD.address_id;
END;

CREATE TABLE `threads` (
	`post_id` text PRIMARY KEY NOT NULL,
	`comment_count` integer DEFAULT 0 NOT NULL,
	`tallies` text DEFAULT '{}' NOT NULL,
	`closed_at` integer,
	`pinned_id` integer
);

CREATE TRIGGER threads_purge_insert AFTER INSERT ON threads
BEGIN
	INSERT INTO pending_purges (post_id, scope) VALUES (NEW.post_id, 1)
		ON CONFLICT (post_id) DO UPDATE SET scope = scope | 1, revision = revision + 1, purged_at = NULL;
END;

CREATE TRIGGER threads_purge_update AFTER UPDATE ON threads
BEGIN
	INSERT INTO pending_purges (post_id, scope) VALUES (NEW.post_id, 1)
		ON CONFLICT (post_id) DO UPDATE SET scope = scope | 1, revision = revision + 1, purged_at = NULL;
END;

CREATE TABLE `tombstones` (
	`source` text NOT NULL,
	`id` text NOT NULL,
	`erased_at` integer NOT NULL,
	PRIMARY KEY(`source`, `id`)
);

CREATE TABLE `training_examples` (
	`comment_id` integer PRIMARY KEY NOT NULL,
	`label` text,
	`trained_label` text,
	CONSTRAINT "training_examples_label" CHECK(label IN ('approved', 'spam')),
	CONSTRAINT "training_examples_trained_label" CHECK(trained_label IN ('approved', 'spam'))
);

CREATE INDEX `training_examples_due` ON `training_examples` (comment_id) WHERE label IS NOT trained_label;

CREATE TABLE `used_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);

CREATE INDEX `used_tokens_age` ON `used_tokens` (`expires_at`);

CREATE TABLE `verifications` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`address_id` integer NOT NULL,
	`visitor` text NOT NULL,
	`name` text NOT NULL,
	`lang` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	`used_by` text,
	FOREIGN KEY (`address_id`) REFERENCES `addresses`(`id`) ON UPDATE no action ON DELETE no action
);

CREATE INDEX `verifications_address` ON `verifications` (`address_id`);

CREATE INDEX `verifications_age` ON `verifications` (`created_at`);

CREATE INDEX `verifications_visitor` ON `verifications` (`visitor`);

CREATE TRIGGER verifications_delete_address AFTER DELETE ON verifications
	WHEN NOT EXISTS (SELECT 1 FROM subscriptions WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM identities WHERE address_id = OLD.address_id)
		AND NOT EXISTS (SELECT 1 FROM verifications WHERE address_id = OLD.address_id)
BEGIN
	DELETE FROM addresses WHERE id = OLD.address_id;
END;

CREATE TABLE `warnings` (
	`kind` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL,
	`told_at` integer
);

CREATE TABLE `write_counts` (
	`since` integer NOT NULL,
	`network` text NOT NULL,
	`kind` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`network`, `kind`, `since`),
	CONSTRAINT "write_counts_kind" CHECK(kind IN ('comment', 'reaction', 'mail', 'report')),
	CONSTRAINT "write_counts_count" CHECK(count >= 1)
);

CREATE INDEX `write_counts_age` ON `write_counts` (`since`);
