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
CREATE TABLE `settings` (
	`id` integer PRIMARY KEY NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `comments` ADD `by_author` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `decisions` ADD `act` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `decisions` ADD `kind` text DEFAULT 'decided' NOT NULL;--> statement-breakpoint
ALTER TABLE `decisions` ADD `post_id` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `before` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `after` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `undone_at` integer;--> statement-breakpoint
CREATE INDEX `decisions_act` ON `decisions` (`act`) WHERE act <> '';--> statement-breakpoint
ALTER TABLE `threads` ADD `pinned_id` integer;