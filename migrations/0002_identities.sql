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
ALTER TABLE `comments` ADD `verified` integer DEFAULT false NOT NULL;