CREATE TABLE `identities` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`address_id` integer NOT NULL,
	`name` text NOT NULL,
	`look_key` text NOT NULL,
	`word_key` text NOT NULL,
	`visitor` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `identities_address_id_unique` ON `identities` (`address_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `identities_look_key_unique` ON `identities` (`look_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `identities_word_key_unique` ON `identities` (`word_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `identities_visitor_unique` ON `identities` (`visitor`);--> statement-breakpoint
CREATE TABLE `rejudgings` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`act` text NOT NULL,
	`which` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_at` integer NOT NULL,
	`state` text NOT NULL,
	`after` integer NOT NULL,
	`last` integer NOT NULL,
	`total` integer NOT NULL,
	`looked` integer DEFAULT 0 NOT NULL,
	`changed` integer DEFAULT 0 NOT NULL,
	`settled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rejudgings_running` ON `rejudgings` (`state`) WHERE state = 'running';--> statement-breakpoint
CREATE TABLE `verifications` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`address_id` integer NOT NULL,
	`visitor` text NOT NULL,
	`name` text NOT NULL,
	`lang` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `verifications_address` ON `verifications` (`address_id`);--> statement-breakpoint
CREATE INDEX `verifications_visitor` ON `verifications` (`visitor`);--> statement-breakpoint
CREATE INDEX `verifications_age` ON `verifications` (`created_at`);--> statement-breakpoint
DROP INDEX `outbox_confirmations`;--> statement-breakpoint
ALTER TABLE `outbox` ADD `verification_id` integer;--> statement-breakpoint
ALTER TABLE `outbox` ADD `mailbox` text;--> statement-breakpoint
CREATE INDEX `outbox_unasked` ON `outbox` (`event`,`created_at`) WHERE mailbox IS NOT NULL;--> statement-breakpoint
CREATE INDEX `outbox_mailbox` ON `outbox` (`mailbox`,`event`,`created_at`) WHERE mailbox IS NOT NULL;--> statement-breakpoint
DROP INDEX `comments_roots`;--> statement-breakpoint
DROP INDEX `comments_top`;--> statement-breakpoint
ALTER TABLE `comments` ADD `answered` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `comments` ADD `verified` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `comments_roots` ON `comments` (`post_id`,`path`) WHERE parent_id IS NULL AND (state IN ('published', 'deleted') OR answered);--> statement-breakpoint
CREATE UNIQUE INDEX `comments_top` ON `comments` (`post_id`,`reaction_count`,`path`) WHERE parent_id IS NULL AND (state IN ('published', 'deleted') OR answered);