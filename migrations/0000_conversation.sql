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
	`tallies` text DEFAULT '{}' NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `comments_thread` ON `comments` (`post_id`,`path`) WHERE state IN ('published', 'deleted');--> statement-breakpoint
CREATE INDEX `comments_waiting` ON `comments` (`created_at`) WHERE state = 'held';--> statement-breakpoint
CREATE INDEX `comments_fingerprint` ON `comments` (`fingerprint`);--> statement-breakpoint
CREATE INDEX `comments_visitor` ON `comments` (`visitor`);--> statement-breakpoint
CREATE TABLE `decisions` (
	`id` integer PRIMARY KEY NOT NULL,
	`comment_id` integer NOT NULL,
	`state` text NOT NULL,
	`made_by` text NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `decisions_comment` ON `decisions` (`comment_id`);--> statement-breakpoint
CREATE TABLE `reactions` (
	`post_id` text NOT NULL,
	`comment_id` integer NOT NULL,
	`kind` text NOT NULL,
	`visitor` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`post_id`, `comment_id`, `kind`, `visitor`)
);
--> statement-breakpoint
CREATE TABLE `threads` (
	`post_id` text PRIMARY KEY NOT NULL,
	`comment_count` integer DEFAULT 0 NOT NULL,
	`tallies` text DEFAULT '{}' NOT NULL
);
