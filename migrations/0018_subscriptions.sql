CREATE TABLE `addresses` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`email` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `addresses_email_unique` ON `addresses` (`email`);--> statement-breakpoint
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
ALTER TABLE `outbox` ADD `subscription_id` integer;--> statement-breakpoint
CREATE INDEX `outbox_confirmations` ON `outbox` (`created_at`) WHERE event = 'confirmation';