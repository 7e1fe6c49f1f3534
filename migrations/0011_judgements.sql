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
CREATE TABLE `network_keys` (
	`id` integer PRIMARY KEY NOT NULL,
	`secret` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `comments` ADD `findings` text;--> statement-breakpoint
ALTER TABLE `comments` ADD `network` text;--> statement-breakpoint
ALTER TABLE `comments` ADD `said` text;--> statement-breakpoint
CREATE INDEX `comments_network` ON `comments` (`network`,`created_at`) WHERE network IS NOT NULL;--> statement-breakpoint
CREATE INDEX `comments_said` ON `comments` (`said`) WHERE said IS NOT NULL;