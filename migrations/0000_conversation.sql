CREATE TABLE `addresses` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`email` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `addresses_email_unique` ON `addresses` (`email`);--> statement-breakpoint
CREATE TABLE `blocks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`label` text NOT NULL,
	`made_by` text NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	`act` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `blocks_value` ON `blocks` (`kind`,`value`);--> statement-breakpoint
CREATE TABLE `classifier` (
	`id` integer PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL,
	`weights` text NOT NULL,
	`approved` integer NOT NULL,
	`spam` integer NOT NULL
);
--> statement-breakpoint
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
	`edited_at` integer,
	`findings` text,
	`network` text,
	`said` text,
	`by_author` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE INDEX `comments_thread` ON `comments` (`post_id`,`path`) WHERE state IN ('published', 'deleted');--> statement-breakpoint
CREATE UNIQUE INDEX `comments_roots` ON `comments` (`post_id`,`path`) WHERE parent_id IS NULL AND state IN ('published', 'deleted');--> statement-breakpoint
CREATE UNIQUE INDEX `comments_top` ON `comments` (`post_id`,`reaction_count`,`path`) WHERE parent_id IS NULL AND state IN ('published', 'deleted');--> statement-breakpoint
CREATE INDEX `comments_recent` ON `comments` (`created_at`) WHERE state = 'published';--> statement-breakpoint
CREATE INDEX `comments_latest` ON `comments` (`post_id`,`created_at`) WHERE state = 'published';--> statement-breakpoint
CREATE INDEX `comments_waiting` ON `comments` (`created_at`) WHERE state = 'held';--> statement-breakpoint
CREATE INDEX `comments_fingerprint` ON `comments` (`fingerprint`);--> statement-breakpoint
CREATE INDEX `comments_visitor` ON `comments` (`visitor`);--> statement-breakpoint
CREATE INDEX `comments_network` ON `comments` (`network`,`created_at`) WHERE network IS NOT NULL;--> statement-breakpoint
CREATE INDEX `comments_network_age` ON `comments` (`created_at`) WHERE network IS NOT NULL;--> statement-breakpoint
CREATE INDEX `comments_email_age` ON `comments` (`created_at`) WHERE email IS NOT NULL;--> statement-breakpoint
CREATE INDEX `comments_said` ON `comments` (`said`) WHERE said IS NOT NULL;--> statement-breakpoint
CREATE TABLE `decisions` (
	`id` integer PRIMARY KEY NOT NULL,
	`comment_id` integer,
	`state` text,
	`made_by` text NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	`act` text DEFAULT '' NOT NULL,
	`kind` text DEFAULT 'decided' NOT NULL,
	`post_id` text,
	`before` text,
	`after` text,
	`undone_at` integer
);
--> statement-breakpoint
CREATE INDEX `decisions_comment` ON `decisions` (`comment_id`);--> statement-breakpoint
CREATE INDEX `decisions_act` ON `decisions` (`act`) WHERE act <> '';--> statement-breakpoint
CREATE TABLE `lessons` (
	`comment_id` integer PRIMARY KEY NOT NULL,
	`lesson` text,
	`taught` text
);
--> statement-breakpoint
CREATE INDEX `lessons_due` ON `lessons` (comment_id) WHERE lesson IS NOT taught;--> statement-breakpoint
CREATE TABLE `link_hosts` (
	`host` text PRIMARY KEY NOT NULL,
	`approved` integer NOT NULL,
	`spam` integer NOT NULL
);
--> statement-breakpoint
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
--> statement-breakpoint
CREATE UNIQUE INDEX `local_mails_key_unique` ON `local_mails` (`key`);--> statement-breakpoint
CREATE TABLE `members` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	`left_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `members_name_unique` ON `members` (`name`);--> statement-breakpoint
CREATE TABLE `network_keys` (
	`id` integer PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `newcomers` (
	`hour` integer NOT NULL,
	`network` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`hour`, `network`)
);
--> statement-breakpoint
CREATE TABLE `news` (
	`id` integer PRIMARY KEY NOT NULL,
	`comment_id` integer NOT NULL,
	`cause` text NOT NULL
);
--> statement-breakpoint
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
	`why` text,
	`created_at` integer NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key` ON `outbox` (`key`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`channel`,`due_at`) WHERE state = 'due';--> statement-breakpoint
CREATE INDEX `outbox_lease` ON `outbox` (`lease`) WHERE state = 'due';--> statement-breakpoint
CREATE INDEX `outbox_sent` ON `outbox` (`recipient`,`settled_at`) WHERE state = 'sent';--> statement-breakpoint
CREATE INDEX `outbox_confirmations` ON `outbox` (`created_at`) WHERE event = 'confirmation';--> statement-breakpoint
CREATE TABLE `passkeys` (
	`id` text PRIMARY KEY NOT NULL,
	`member_id` integer NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`device` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `passkeys_member` ON `passkeys` (`member_id`);--> statement-breakpoint
CREATE TABLE `purge_budget` (
	`id` integer PRIMARY KEY NOT NULL,
	`tokens` real NOT NULL,
	`refilled_at` integer NOT NULL,
	`free_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `reactions` (
	`post_id` text NOT NULL,
	`comment_id` integer NOT NULL,
	`kind` text NOT NULL,
	`visitor` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`post_id`, `comment_id`, `kind`, `visitor`)
);
--> statement-breakpoint
CREATE INDEX `reactions_visitor` ON `reactions` (`visitor`);--> statement-breakpoint
CREATE TABLE `revisions` (
	`id` integer PRIMARY KEY NOT NULL,
	`comment_id` integer NOT NULL,
	`source` text NOT NULL,
	`written_at` integer NOT NULL,
	`replaced_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `revisions_comment` ON `revisions` (`comment_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`member_id` integer NOT NULL,
	`token` text NOT NULL,
	`replaced` text,
	`device` text NOT NULL,
	`created_at` integer NOT NULL,
	`rotated_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_unique` ON `sessions` (`token`);--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_replaced_unique` ON `sessions` (`replaced`);--> statement-breakpoint
CREATE INDEX `sessions_member` ON `sessions` (`member_id`);--> statement-breakpoint
CREATE TABLE `settings` (
	`id` integer PRIMARY KEY NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `spent_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `stale` (
	`post_id` text PRIMARY KEY NOT NULL,
	`reach` integer NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`purged_at` integer
);
--> statement-breakpoint
CREATE INDEX `stale_due` ON `stale` (`purged_at`) WHERE reach <> 0;--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`address_id` integer NOT NULL,
	`post_id` text NOT NULL,
	`comment_id` integer NOT NULL,
	`visitor` text NOT NULL,
	`state` text NOT NULL,
	`asked_at` integer NOT NULL,
	`confirmed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `subscriptions_wish` ON `subscriptions` (`address_id`,`post_id`,`comment_id`);--> statement-breakpoint
CREATE INDEX `subscriptions_heard` ON `subscriptions` (`post_id`,`comment_id`) WHERE state = 'active';--> statement-breakpoint
CREATE INDEX `subscriptions_visitor` ON `subscriptions` (`visitor`);--> statement-breakpoint
CREATE INDEX `subscriptions_pending` ON `subscriptions` (`asked_at`) WHERE state = 'pending';--> statement-breakpoint
CREATE TABLE `threads` (
	`post_id` text PRIMARY KEY NOT NULL,
	`comment_count` integer DEFAULT 0 NOT NULL,
	`tallies` text DEFAULT '{}' NOT NULL,
	`closed_at` integer,
	`pinned_id` integer
);
